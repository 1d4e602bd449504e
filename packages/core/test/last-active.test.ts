import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, combineReadings } from '../src/index.ts';
import type { Reading } from '../src/index.ts';
import { day } from './day.ts';

const someDay = fc.integer({ min: 0, max: 6 }).map((days) => addDays(day('2026-11-15'), days));
const reading: fc.Arbitrary<Reading> = fc.record({
  lastActive: fc.oneof(
    someDay.chain((on) => fc.record({ kind: fc.constant('at' as const), on: fc.constant(on), at: fc.option(fc.constantFrom(`${on}T01:00:00.000Z`, `${on}T02:00:00.000Z`)) })),
    fc.constant({ kind: 'never' as const }),
    fc.record({ kind: fc.constant('unknown' as const), why: fc.constantFrom('notRead', 'noDate', 'ambiguousDate') }),
  ),
  knownThrough: fc.option(someDay),
});

describe('combining what several sources say', () => {
  it('does not depend on the order in which they are heard', () => {
    fc.assert(fc.property(reading, reading, reading, (a, b, c) => {
      expect(combineReadings(a, b)).toEqual(combineReadings(b, a));
      expect(combineReadings(combineReadings(a, b), c)).toEqual(combineReadings(a, combineReadings(b, c)));
      expect(combineReadings(a, a)).toEqual(a);
    }), { numRuns: 2000 });
  });
  it('never loses a proven activity', () => {
    fc.assert(fc.property(reading, reading, (a, b) => {
      const { lastActive } = combineReadings(a, b);
      for (const one of [a.lastActive, b.lastActive]) {
        if (one.kind === 'at') expect(lastActive.kind === 'at' && lastActive.on >= one.on).toBe(true);
      }
    }));
  });
  it('lets an old file override nothing, and a fresh miss prove nothing about a proven activity', () => {
    const proven: Reading = { lastActive: { kind: 'at', on: day('2026-11-10'), at: null }, knownThrough: day('2026-11-11') };
    const older: Reading = { lastActive: { kind: 'at', on: day('2026-08-01'), at: null }, knownThrough: day('2026-11-21') };
    const never: Reading = { lastActive: { kind: 'never' }, knownThrough: day('2026-11-21') };
    expect(combineReadings(proven, older)).toEqual(proven);
    expect(combineReadings(never, proven)).toEqual(proven);
    expect(combineReadings(never, { lastActive: { kind: 'unknown', why: 'noDate' }, knownThrough: null })).toEqual(never);
  });
});
