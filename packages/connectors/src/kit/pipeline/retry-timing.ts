/** The part of a response's headers that says when to come back. */
export interface HeaderReader {
  get(name: string): string | null;
}

const longestWaitMs = 24 * 3_600_000;

function bounded(at: number, now: Date): Date | null {
  if (!Number.isFinite(at)) return null;
  return new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + longestWaitMs));
}

/** `Retry-After`: seconds, or an HTTP date. Null for anything else; never in the past, never more than a day ahead. */
export function parseRetryAfter(value: string | null, now: Date): Date | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/u.test(text)) return bounded(now.getTime() + Number(text) * 1000, now);
  // A date has letters; a bare number with a sign, or `1e3`, is none.
  return /^[A-Za-z]{3}/u.test(text) ? bounded(Date.parse(text), now) : null;
}

/** `X-RateLimit-Reset`: an ISO instant as Atlassian writes it, or seconds or milliseconds since 1970 as others do, or seconds from now. */
export function parseReset(value: string | null, now: Date): Date | null {
  if (value === null) return null;
  const text = value.trim();
  if (!/^\d+(?:\.\d+)?$/u.test(text)) return bounded(Date.parse(text), now);
  const number = Number(text);
  if (number > 100_000_000_000) return bounded(number, now);
  return bounded(number > 1_000_000_000 ? number * 1000 : now.getTime() + number * 1000, now);
}

/**
 * When the vendor wants to be asked again, on our clock; null when it does not say. `Retry-After` before `X-RateLimit-Reset`. A date is read by the
 * vendor's own clock (the answer's `Date`), so that clocks that differ, or jump, make no wait longer or shorter.
 */
export function retryAtOf(headers: HeaderReader, now: Date): Date | null {
  const theirs = clockOf(headers, now);
  const at = parseRetryAfter(headers.get('retry-after'), theirs) ?? parseReset(headers.get('x-ratelimit-reset'), theirs);
  return at === null ? null : new Date(now.getTime() + at.getTime() - theirs.getTime());
}

/** `Date` has whole seconds: a clock that is less than two off is taken for ours. */
function clockOf(headers: HeaderReader, now: Date): Date {
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(theirs) || Math.abs(theirs - now.getTime()) < 2000 ? now : new Date(theirs);
}

/** When an allowance is spent to the last request, the moment it is filled again; null when there is some left or the vendor does not say. */
export function spentUntil(headers: HeaderReader, now: Date): Date | null {
  const remaining = headers.get('x-ratelimit-remaining');
  if (remaining === null || Number(remaining) > 0 || !/^\d+$/u.test(remaining.trim())) return null;
  const theirs = clockOf(headers, now);
  const at = parseReset(headers.get('x-ratelimit-reset'), theirs);
  return at === null ? null : new Date(now.getTime() + at.getTime() - theirs.getTime());
}

/** Milliseconds before try number `attempt` + 1 (attempt 1, 2, …): 2 s doubled up to 30 s, × 0.7–1.3. `random` gives 0 ≤ x < 1. */
export function backOffMs(attempt: number, random: () => number): number {
  return Math.round(Math.min(2000 * 2 ** (attempt - 1), 30_000) * (0.7 + random() * 0.6));
}
