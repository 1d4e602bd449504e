import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';

/** An end of a command that people are told about in one or two sentences: what is wrong and what to do next. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.failed, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** A value or file that cannot be taken: exit code 2. */
export function usageError(message: string): CliError {
  return new CliError(message, exitCodes.usage);
}
