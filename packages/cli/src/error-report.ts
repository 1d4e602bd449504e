import { ProblemError } from '@rollcall/contract';
import type { ProblemCode } from '@rollcall/contract';
import { ZodError } from 'zod';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { UsageError } from './inactive/index.ts';
import { originalError } from './original-error.ts';

export interface ErrorReport {
  readonly exitCode: ExitCode;
  readonly text: string;
}

/** Which end of a command each problem of the server is. */
const exitCodeOfProblem: Readonly<Record<ProblemCode, ExitCode>> = {
  badRequest: exitCodes.usage,
  badQuery: exitCodes.usage,
  badPeriod: exitCodes.usage,
  signInNeeded: exitCodes.notPermitted,
  forbidden: exitCodes.notPermitted,
  readOnlySource: exitCodes.refused,
  notFound: exitCodes.usage,
  conflict: exitCodes.failed,
  alreadyRunning: exitCodes.failed,
  digestMismatch: exitCodes.refused,
  planNotReady: exitCodes.refused,
  planExpired: exitCodes.refused,
  confirmationMismatch: exitCodes.refused,
  paused: exitCodes.refused,
  idempotencyMismatch: exitCodes.failed,
  tooLarge: exitCodes.usage,
  notAnExport: exitCodes.usage,
  refusedByGuard: exitCodes.refused,
  keyRefused: exitCodes.failed,
  tooManyRequests: exitCodes.failed,
  failed: exitCodes.failed,
  vendorUnreachable: exitCodes.failed,
  overloaded: exitCodes.unreachable,
  diskFull: exitCodes.failed,
};

/** What a person is told about an error, and how the program ends. */
export function reportOf(thrown: unknown): ErrorReport {
  const error = originalError(thrown);
  if (error instanceof CliError) return { exitCode: error.exitCode, text: error.message };
  if (error instanceof UsageError) return { exitCode: exitCodes.usage, text: error.message };
  if (error instanceof ProblemError) return { exitCode: exitCodeOfProblem[error.problem.code], text: problemText(error) };
  if (error instanceof ZodError) return { exitCode: exitCodes.failed, text: 'The server answered in a form this version of rollcall does not know. Use the same version on both sides (rollcall doctor shows them).' };
  if (error instanceof Error && error.name === 'AbortError') return { exitCode: exitCodes.failed, text: 'Stopped.' };
  return { exitCode: exitCodes.failed, text: error instanceof Error ? error.message : String(error) };
}

function problemText({ problem }: ProblemError): string {
  const fields = (problem.fields ?? []).map(({ path, message }) => `  ${path}: ${message}`);
  const advice = problem.code === 'signInNeeded' ? ['Give an API token with --token or ROLLCALL_TOKEN (rollcall token create makes one).'] : [];
  return [problem.detail, ...fields, ...advice].join('\n');
}

/** Whether nobody listens at the address, as opposed to an answer that is a problem. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'fetch failed';
}
