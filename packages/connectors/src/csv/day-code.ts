import { addDays, daysBetween, parseCivilDate } from '@rollcall/core';
import type { CivilDate, LastActive, UnknownWhy } from '@rollcall/core';

/**
 * A last activity as one integer, for columns of a million: a day is positive, `never` 0, an unknown negative by its reason. The larger of two
 * codes is what `combineReadings` of core answers for two readings of one file (instants are kept as days).
 */
export type DayCode = number;

/** In the order of their text, so that the larger code is the reason core keeps. */
const reasons: readonly UnknownWhy[] = [
  'ambiguousDate',
  'futureDate',
  'impossibleDate',
  'noAccessColumn',
  'noDate',
  'notGiven',
  'notRead',
  'unreadableDate',
];
const zero = parseCivilDate('0001-01-01');

/** Below every code: nothing was said yet. */
export const nothingSaid: DayCode = -reasons.length - 1;

export function dayCodeOf(lastActive: LastActive): DayCode {
  if (lastActive.kind === 'never') return 0;
  if (lastActive.kind === 'unknown') return -1 - reasons.indexOf(lastActive.why);
  return zero === null ? 0 : daysBetween(zero, lastActive.on) + 1;
}

/** What {@link dayCodeOf} encoded, without its time of day. {@link nothingSaid} is `unknown(notGiven)`. */
export function lastActiveOf(code: DayCode): LastActive {
  if (code === 0) return { kind: 'never' };
  const on = dayOf(code);
  if (on !== null) return { kind: 'at', on, at: null };
  return { kind: 'unknown', why: reasons[-1 - code] ?? 'notGiven' };
}

/** The day of a positive code; null for any other. */
export function dayOf(code: DayCode): CivilDate | null {
  return code > 0 && zero !== null ? addDays(zero, code - 1) : null;
}
