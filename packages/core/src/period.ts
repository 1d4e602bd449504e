import { addDays, addMonths, daysBetween, parseCivilDate, startOfMonth } from './civil-date.ts';
import type { CivilDate } from './civil-date.ts';

/** Calendar-aligned presets: the current month and the ones before it (design.md section 6). */
export const periodPresets = {
  'this-month': 1,
  'last-3-months': 3,
  'last-6-months': 6,
  'last-9-months': 9,
  'last-1-year': 12,
  'last-2-years': 24,
} as const;
export type PeriodPreset = keyof typeof periodPresets;

export type PeriodSpec =
  | { readonly kind: 'preset'; readonly preset: PeriodPreset }
  | { readonly kind: 'rolling'; readonly unit: 'days' | 'weeks' | 'months' | 'years'; readonly count: number }
  | { readonly kind: 'range'; readonly from: CivilDate; readonly to: CivilDate };

/** Both ends belong to the period. `past` periods end before the as-of date and need history to be answered. */
export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly past: boolean;
}

const longest = { days: 36_525, weeks: 5_217, months: 1_200, years: 100 } as const;

/**
 * The days a period means as of a day. "Inactive for 90 days" as of 2026-11-22 starts on 2026-08-24: a last activity before that day is
 * more than 90 days old. Rolling months and years start on the same day N months before.
 */
export function resolvePeriod(spec: PeriodSpec, asOf: CivilDate): Period {
  switch (spec.kind) {
    case 'preset':
      return { from: addMonths(startOfMonth(asOf), 1 - periodPresets[spec.preset]), to: asOf, past: false };
    case 'rolling':
      return { from: rollingStart(spec.unit, spec.count, asOf), to: asOf, past: false };
    case 'range':
      return { from: spec.from, to: spec.to, past: spec.to < asOf };
  }
}

function rollingStart(unit: 'days' | 'weeks' | 'months' | 'years', count: number, asOf: CivilDate): CivilDate {
  switch (unit) {
    case 'days':
      return addDays(asOf, -count);
    case 'weeks':
      return addDays(asOf, -7 * count);
    case 'months':
      return addMonths(asOf, -count);
    case 'years':
      return addMonths(asOf, -12 * count);
  }
}

const units = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const;
const letters = { days: 'd', weeks: 'w', months: 'm', years: 'y' } as const;

/**
 * Reads a period as it stands in addresses, on the command line and in queries: `last-3-months`, `90d`, `13w`, `6m`, `2y` or
 * `2026-01-01..2026-03-31`. Null when it is none of these, is empty, runs backwards, or is longer than a century.
 */
export function parsePeriod(text: string): PeriodSpec | null {
  if (isPreset(text)) return { kind: 'preset', preset: text };
  const rolling = /^(\d{1,5})([dwmy])$/.exec(text);
  if (rolling !== null) {
    const letter = rolling[2];
    const unit = letter === 'd' || letter === 'w' || letter === 'm' ? units[letter] : units.y;
    const count = Number(rolling[1]);
    return count >= 1 && count <= longest[unit] ? { kind: 'rolling', unit, count } : null;
  }
  const ends = text.split('..');
  const from = parseCivilDate(ends[0] ?? '');
  const to = parseCivilDate(ends[1] ?? '');
  return ends.length === 2 && from !== null && to !== null && from <= to ? { kind: 'range', from, to } : null;
}

/** The text that {@link parsePeriod} reads back to the same period. */
export function formatPeriod(spec: PeriodSpec): string {
  switch (spec.kind) {
    case 'preset':
      return spec.preset;
    case 'rolling':
      return `${spec.count}${letters[spec.unit]}`;
    case 'range':
      return `${spec.from}..${spec.to}`;
  }
}

/** How many days lie between the start and the end of a period: what a minimum span is compared with. */
export function periodSpanDays(period: Period): number {
  return daysBetween(period.from, period.to);
}

function isPreset(text: string): text is PeriodPreset {
  return Object.hasOwn(periodPresets, text);
}
