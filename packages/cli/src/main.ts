import { runCli } from './run-cli.ts';
import { exitCodes } from './exit-codes.ts';
import { interruption } from './interruption.ts';

// `rollcall … | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  const reason = error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'the disk is full. Free some space and try again.' : error.message;
  process.stderr.write(`Standard output could not be written to its end: ${reason}\n`);
  process.exit(exitCodes.failed);
});

const { signal, release } = interruption();
const code = await runCli(process.argv.slice(2), { out: process.stdout, err: process.stderr, input: process.stdin, environment: process.env, signal });
release();
// A command may have said so already (inactive does).
if (code !== 0) process.exitCode = code;
