/**
 * Dates, instants and numbers in the reader's language. A civil date (`yyyy-MM-dd`: a day someone was active, a key's
 * expiry) is formatted in UTC from its parts, so that no time zone can move it to the day before. An instant is shown in the reader's zone.
 */
const civilDate = /^(\d{4})-(\d{2})-(\d{2})$/;

export type DateStyle = 'short' | 'medium' | 'long';

/** ISO 8601 for `short` in every language: it sorts, aligns and cannot be misread (2026-03-01 is never 3 January). */
export function formatCivilDate(language: string, date: string, style: DateStyle = 'medium'): string {
  const parts = civilDate.exec(date);
  if (parts === null || style === 'short') return date;
  const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return new Intl.DateTimeFormat(language, { dateStyle: style, timeZone: 'UTC' }).format(day);
}

/** An ISO instant as date and time in the reader's zone. */
export function formatInstant(language: string, instant: string, style: DateStyle = 'medium'): string {
  return new Intl.DateTimeFormat(language, { dateStyle: style, timeStyle: 'short' }).format(new Date(instant));
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 hours ago", "in 2 days"; both are ISO instants or epoch milliseconds. */
export function formatRelative(language: string, instant: string, now: number): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step === undefined ? format.format(0, 'second') : format.format(Math.round(seconds / step[1]), step[0]);
}

export function formatNumber(language: string, value: number): string {
  return new Intl.NumberFormat(language).format(value);
}

/** A share between 0 and 1, as a percentage with at most one decimal. */
export function formatPercent(language: string, share: number): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** A length of time in whole seconds as "1 hr, 4 min" or "12 sec"; the two greatest units. */
export function formatDuration(language: string, seconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ];
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) parts.push(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count));
  }
  if (parts.length === 0) return new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short' }).format(0);
  return new Intl.ListFormat(language, { style: 'narrow', type: 'unit' }).format(parts);
}
