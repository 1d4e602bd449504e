import { parseArguments } from './arguments.ts';
import { describeSandbox, startSandbox } from './sandbox.ts';

const sandbox = await startSandbox(parseArguments(process.argv.slice(2)).options);
process.stdout.write(`${JSON.stringify(describeSandbox(sandbox))}\n`);

const stop = (): void => {
  void sandbox.close().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
