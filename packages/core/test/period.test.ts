import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, formatPeriod, parsePeriod, periodPresets, periodSpanDays, resolvePeriod } from '../src/index.ts';
import type { PeriodPreset } from '../src/index.ts';
import { day } from './day.ts';

const resolve = (text: string, asOf: string) => {
  const spec = parsePeriod(text);
  if (spec === null) throw new Error(text);
  return resolvePeriod(spec, day(asOf));
};

describe('the days of a period', () => {
  it.each([
    ['this-month', '2026-03-05', '2026-03-01'],
    ['last-3-months', '2026-03-05', '2026-01-01'],
    ['last-6-months', '2026-03-05', '2025-10-01'],
    ['last-9-months', '2026-03-05', '2025-07-01'],
    ['last-1-year', '2026-03-05', '2025-04-01'],
    ['last-2-years', '2026-03-05', '2024-04-01'],
    ['last-3-months', '2026-01-31', '2025-11-01'],
    ['90d', '2026-11-22', '2026-08-24'],
    ['13w', '2026-11-22', '2026-08-23'],
    ['1m', '2026-03-31', '2026-02-28'],
    ['6m', '2026-08-31', '2026-02-28'],
    ['1y', '2024-02-29', '2023-02-28'],
  ])('%s as of %s begins on %s', (text, asOf, from) => {
    expect(resolve(text, asOf)).toEqual({ from, to: asOf, past: false });
  });
  it('is past only when it ends before the as-of date', () => {
    expect(resolve('2026-01-01..2026-03-31', '2026-04-01')).toEqual({ from: '2026-01-01', to: '2026-03-31', past: true });
    expect(resolve('2026-01-01..2026-03-31', '2026-03-31').past).toBe(false);
  });
  it('has a span that the first of a month makes short', () => {
    expect(periodSpanDays(resolve('this-month', '2026-03-01'))).toBe(0);
    expect(periodSpanDays(resolve('90d', '2026-11-22'))).toBe(90);
  });
});

describe('the text of a period', () => {
  const spec = fc.oneof(
    fc.constantFrom(...(Object.keys(periodPresets) as PeriodPreset[])).map((preset) => ({ kind: 'preset', preset }) as const),
    fc.record({ kind: fc.constant('rolling' as const), unit: fc.constantFrom('days', 'weeks', 'months', 'years'), count: fc.integer({ min: 1, max: 100 }) }),
    fc.tuple(fc.nat(5000), fc.nat(5000)).map(([start, length]) => ({ kind: 'range' as const, from: addDays(day('2015-01-01'), start), to: addDays(day('2015-01-01'), start + length) })),
  );
  it('reads back', () => {
    fc.assert(fc.property(spec, (one) => {
      expect(parsePeriod(formatPeriod(one))).toEqual(one);
    }));
  });
  it.each(['', '0d', '90', 'd', '-90d', '90D', '99999d', '101y', 'last-4-months', 'constructor', '2026-01-01', '2026-03-31..2026-01-01', '2026-02-30..2026-03-01', '2026-01-01..2026-02-01..2026-03-01'])('refuses %j', (text) => {
    expect(parsePeriod(text)).toBeNull();
  });
});
