declare const civilDateBrand: unique symbol;

/** A day of the calendar without time or zone, written `YYYY-MM-DD`. Compares correctly as text. */
export type CivilDate = string & { readonly [civilDateBrand]: true };

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const millisecondsPerDay = 86_400_000;

function fromUtc(date: Date): CivilDate {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- toISOString proves the shape for the years that civilDate lets through
  return date.toISOString().slice(0, 10) as CivilDate;
}

function toUtc(date: CivilDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** Reads `YYYY-MM-DD`; null for any other shape and for days that do not exist (2026-02-30). */
export function parseCivilDate(text: string): CivilDate | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pattern and the calendar were asked
  return exists(Number(match[1]), Number(match[2]), Number(match[3])) ? (text as CivilDate) : null;
}

/** Builds a day from year 1–9999, month 1–12 and day 1–31; null when the calendar has no such day. */
export function civilDate(year: number, month: number, day: number): CivilDate | null {
  if (!exists(year, month, day)) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return fromUtc(date);
}

const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function exists(year: number, month: number, day: number): boolean {
  if (!Number.isInteger(year) || year < 1 || year > 9_999 || !Number.isInteger(day) || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (daysOfMonths[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** The day `days` after (negative: before) `date`. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return fromUtc(new Date(toUtc(date) + days * millisecondsPerDay));
}

/** The same day `months` later (negative: earlier), or the last day of that month when it is shorter. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const start = new Date(toUtc(startOfMonth(date)));
  start.setUTCMonth(start.getUTCMonth() + months);
  const first = fromUtc(start);
  const last = lastDayOfMonth(first);
  const day = Math.min(Number(date.slice(8)), last);
  return addDays(first, day - 1);
}

function lastDayOfMonth(first: CivilDate): number {
  const next = new Date(toUtc(first));
  next.setUTCMonth(next.getUTCMonth() + 1);
  return Math.round((next.getTime() - toUtc(first)) / millisecondsPerDay);
}

/** The first day of the month that `date` lies in. */
export function startOfMonth(date: CivilDate): CivilDate {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every month has a first day
  return `${date.slice(0, 8)}01` as CivilDate;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((toUtc(to) - toUtc(from)) / millisecondsPerDay);
}

/** The later of two days; null stands for "no such day". */
export function laterOf(a: CivilDate | null, b: CivilDate | null): CivilDate | null {
  if (a === null) return b;
  if (b === null) return a;
  return a > b ? a : b;
}

/** The day an instant falls on in an IANA time zone (`Asia/Tokyo`). Throws RangeError for an unknown zone. */
export function civilDateIn(instant: Date, timeZone: string): CivilDate {
  if (timeZone === 'UTC') return fromUtc(instant);
  const parts = formatterFor(timeZone).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Intl gives the parts of a day that exists
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}` as CivilDate;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formatters.set(timeZone, made);
  return made;
}
