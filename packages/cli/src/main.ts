import { runCli } from './run-cli.ts';
import { interruption } from './interruption.ts';

// `rollcall … | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const { signal, release } = interruption();
const code = await runCli(process.argv.slice(2), { out: process.stdout, err: process.stderr, input: process.stdin, environment: process.env, signal });
release();
// A command may have said so already (inactive does).
if (code !== 0) process.exitCode = code;
