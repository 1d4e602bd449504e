import { civilDate, civilDateIn } from '@rollcall/core';
import type { CivilDate, LastActive, UnknownWhy } from '@rollcall/core';

/** What the reader of dates must know about the file. */
export interface DateRules {
  /** Dates after this day are impossible for the file (`futureDate`); null: no such limit is known. */
  readonly latest: CivilDate | null;
  /** The source's time zone (IANA): instants become days in it. */
  readonly timeZone: string;
}

const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const neverWords = new Set(['never accessed', 'never logged in', 'never']);

const named = /^(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/i;
const namedShortYear = /^\d{1,2}[ -][a-z]{3,9}[ -]\d{2}$/i;
const yearFirst = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
const yearLast = /^\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?:[ T].*)?$/;

const never: LastActive = { kind: 'never' };

/**
 * Reads one date cell of an export: `3 Jan 2024`, `03 Jan 2024`, `2024-01-03`, `2024-01-03T09:00:00Z`, `14 Dec 2012 15:31:57`,
 * `Never accessed`, `Never logged in`. Whatever else is unknown with its reason: a day and a month that could be exchanged
 * (`1/3/2024`, and `13/3/2024` too, for the rest of its file may be written the other way round) and a year of two digits are ambiguous.
 */
export function readDate(text: string, rules: DateRules): LastActive {
  const cell = text.trim();
  if (cell === '') return unknown('noDate');
  if (neverWords.has(cell.toLowerCase())) return never;
  if (instant.test(cell)) return readInstant(cell, rules);
  const parts = namedParts(cell) ?? yearFirstParts(cell);
  if (parts !== null) return dated(civilDate(...parts), null, rules);
  return unknown(yearLast.test(cell) || namedShortYear.test(cell) ? 'ambiguousDate' : 'unreadableDate');
}

function namedParts(cell: string): [year: number, month: number, day: number] | null {
  const match = named.exec(cell);
  if (match === null) return null;
  const month = monthOf((match[2] ?? '').toLowerCase());
  return month === 0 ? null : [Number(match[3]), month, Number(match[1])];
}

function monthOf(name: string): number {
  if (name === 'sept') return 9;
  return monthNames.findIndex((month) => month === name || month.slice(0, 3) === name) + 1;
}

function yearFirstParts(cell: string): [year: number, month: number, day: number] | null {
  const match = yearFirst.exec(cell);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

function readInstant(cell: string, rules: DateRules): LastActive {
  const day = civilDate(Number(cell.slice(0, 4)), Number(cell.slice(5, 7)), Number(cell.slice(8, 10)));
  // Date.parse rolls 31 February over into March, so the day is proved first.
  if (day === null) return unknown('impossibleDate');
  const milliseconds = Date.parse(cell.replace(' ', 'T'));
  if (Number.isNaN(milliseconds)) return unknown('impossibleDate');
  const at = new Date(milliseconds);
  return dated(civilDateIn(at, rules.timeZone), at.toISOString(), rules);
}

function dated(on: CivilDate | null, at: string | null, rules: DateRules): LastActive {
  if (on === null) return unknown('impossibleDate');
  if (rules.latest !== null && on > rules.latest) return unknown('futureDate');
  return { kind: 'at', on, at };
}

function unknown(why: UnknownWhy): LastActive {
  return { kind: 'unknown', why };
}
