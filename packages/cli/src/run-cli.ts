import { CommanderError } from 'commander';
import type { Context } from './context.ts';
import { reportOf } from './error-report.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal/terminal.ts';

const helpShown = new Set(['commander.helpDisplayed', 'commander.version']);

/** Runs one command line. @returns the exit code; every error has been told on standard error. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const context: Context = { terminal, end: (next) => { if (code === exitCodes.ok) code = next; } };
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // commander has printed its own: the help that was asked for, or what is wrong with the arguments.
    if (error instanceof CommanderError) return helpShown.has(error.code) ? exitCodes.ok : exitCodes.usage;
    const report = reportOf(error);
    terminal.err.write(`${report.text}\n`);
    return report.exitCode;
  }
}
