import { VendorError } from '@rollcall/connectors/kit';
import { RequestProblem } from './problem.ts';

/**
 * What the log says of an error: name, message, stack. Messages are ours but for three kinds, which can quote people: a vendor's own words, a problem that
 * names what the asker sees, and a database's words about a value. Of those stand only code, place and constraint.
 */
export function wordsOfError(error: Error): object {
  const { name } = error;
  if (error instanceof VendorError) {
    const { kind, operation, status, code } = error.facts;
    return { name, kind, operation, status, code, ...placeOf(error) };
  }
  if (error instanceof RequestProblem) return { name, code: error.facts.code, title: error.facts.title, ...placeOf(error) };
  if (isOfDatabase(error)) {
    const { code, table, column, constraint, routine } = error;
    return { name, code, table, column, constraint, routine, ...placeOf(error), ...(isAboutValues(code) ? {} : { message: error.message }) };
  }
  return { name, message: error.message, ...placeOf(error), ...(error.cause instanceof Error ? { cause: wordsOfError(error.cause) } : {}) };
}

interface DatabaseWords extends Error {
  readonly code: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly routine?: string;
}

function isOfDatabase(error: Error): error is DatabaseWords {
  return 'severity' in error && 'code' in error && typeof error.code === 'string';
}

/** Classes 22 (a value cannot be used), 23 (a constraint) and P0 (raised by a function) quote values. */
function isAboutValues(code: string): boolean {
  return /^(?:22|23|P0)/u.test(code);
}

/** The stack begins with name and message, which are left out here: they have a place of their own, or none. */
function placeOf({ stack }: Error): { stack?: string } {
  const frames = stack?.split('\n').filter((line) => /^\s+at /u.test(line)) ?? [];
  return frames.length === 0 ? {} : { stack: frames.join('\n') };
}

/** The last net: whatever looks like an e-mail address or one of our own secrets leaves no line, wherever it came from. */
export function withoutPeople(line: string): string {
  return line
    .replaceAll(/[\p{L}\p{N}._%+'-]+(?:@|%40)(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu, '[e-mail]')
    .replaceAll(/\brc[tlsi]_[A-Za-z0-9_-]{8,}/gu, '[secret]');
}
