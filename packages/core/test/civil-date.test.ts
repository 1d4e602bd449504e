import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, civilDate, civilDateIn, daysBetween, laterOf, parseCivilDate, startOfMonth } from '../src/index.ts';
import type { CivilDate } from '../src/index.ts';
import { day } from './day.ts';

const anyDay: fc.Arbitrary<CivilDate> = fc.integer({ min: -100_000, max: 100_000 }).map((days) => addDays(day('2026-11-22'), days));

describe('reading a day', () => {
  it.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '26-01-01', ' 2026-01-01', '2026-01-01T00:00', '0000-01-01', '', '２０２６-01-01'])('refuses %j', (text) => {
    expect(parseCivilDate(text)).toBeNull();
  });
  it('reads leap days and the ends of the range', () => {
    for (const text of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) expect(parseCivilDate(text)).toBe(text);
    expect(parseCivilDate('1900-02-29')).toBeNull();
    expect(civilDate(2026.5, 1, 1)).toBeNull();
    expect(civilDate(2026, 1.5, 1)).toBeNull();
  });
  it.each(['0001', '0004', '1600', '1700', '1899', '1900', '1996', '2000', '2024', '2026', '2100', '9999'])('knows every day of %s as the calendar of the platform does', (year) => {
    const twoDigits = (n: number): string => String(n).padStart(2, '0');
    for (let month = 0; month <= 13; month += 1) {
      for (let dayOfMonth = 0; dayOfMonth <= 32; dayOfMonth += 1) {
        const text = `${year}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
        const date = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
        expect(parseCivilDate(text)).toBe(exists ? text : null);
        expect(civilDate(Number(year), month, dayOfMonth)).toBe(exists ? text : null);
      }
    }
  });
});

describe('counting days and months', () => {
  it('goes there and back', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
      const to = addDays(from, days);
      expect(daysBetween(from, to)).toBe(days);
      expect(to > from).toBe(days > 0);
    }));
  });
  it('keeps the day of the month or takes its last', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (from, months) => {
      const to = addMonths(from, months);
      const steps = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
      expect(steps).toBe(months);
      if (to.slice(8) !== from.slice(8)) expect(addDays(to, 1).slice(8)).toBe('01');
    }));
  });
  it.each([['2026-03-31', -1, '2026-02-28'], ['2024-03-31', -1, '2024-02-29'], ['2026-01-31', 1, '2026-02-28'], ['2024-02-29', 12, '2025-02-28'], ['2026-01-15', -13, '2024-12-15']])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(day(from), months)).toBe(to);
  });
  it('starts months on the first', () => {
    expect(startOfMonth(day('2026-11-22'))).toBe('2026-11-01');
    expect(laterOf(null, day('2026-01-01'))).toBe('2026-01-01');
    expect(laterOf(day('2026-01-02'), day('2026-01-01'))).toBe('2026-01-02');
    expect(laterOf(null, null)).toBeNull();
  });
});

describe('the day of an instant', () => {
  it.each([
    ['2026-03-01T15:00:00Z', 'UTC', '2026-03-01'],
    ['2026-03-01T15:00:00Z', 'Asia/Tokyo', '2026-03-02'],
    ['2026-03-01T07:59:59Z', 'America/Los_Angeles', '2026-02-28'],
    ['2026-03-29T23:30:00Z', 'Europe/Berlin', '2026-03-30'],
    ['2026-12-30T10:30:00Z', 'Pacific/Kiritimati', '2026-12-31'],
  ])('%s in %s is %s', (instant, zone, expected) => {
    expect(civilDateIn(new Date(instant), zone)).toBe(expected);
  });
  it('refuses a zone that does not exist', () => {
    expect(() => civilDateIn(new Date(0), 'Mars/Olympus')).toThrow(RangeError);
  });
});
