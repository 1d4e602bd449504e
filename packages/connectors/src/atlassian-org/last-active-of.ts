import { civilDateIn, parseCivilDate } from '@rollcall/core';
import type { LastActive } from '@rollcall/core';

/** The clock of the vendor may be ahead of ours by this much. */
const toleratedAheadMs = 3_600_000;

/** A vendor's timestamp (ISO text, milliseconds since 1970, or a day) as a reading; `undefined` means that none was given. */
export function lastActiveOf(value: string | number | null | undefined, timeZone: string, now: Date): LastActive {
  if (value === undefined || value === '') return { kind: 'unknown', why: 'notGiven' };
  if (value === null) return { kind: 'never' };
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value)) {
    const on = parseCivilDate(value);
    if (on === null) return { kind: 'unknown', why: 'impossibleDate' };
    // A bare day is the vendor's own (UTC); one day ahead is another time zone, more is not possible.
    return Date.parse(value) - now.getTime() > 86_400_000 ? { kind: 'unknown', why: 'futureDate' } : { kind: 'at', on, at: null };
  }
  // Only ISO: the runtime's own parser would read a date into almost any text.
  if (typeof value === 'string' && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u.test(value)) return { kind: 'unknown', why: 'unreadableDate' };
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime()) || instant.getTime() <= 0) return { kind: 'unknown', why: 'unreadableDate' };
  if (instant.getTime() - now.getTime() > toleratedAheadMs) return { kind: 'unknown', why: 'futureDate' };
  const at = instant.toISOString();
  return { kind: 'at', on: (timeZone === 'UTC' ? parseCivilDate(at.slice(0, 10)) : null) ?? civilDateIn(instant, timeZone), at };
}
