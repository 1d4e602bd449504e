import { addDays, judgeUsage, parseCivilDate, resolvePeriod } from '@rollcall/core';
import type { CivilDate, LastActive, PeriodSpec } from '@rollcall/core';
import { dayCodeOf } from '@rollcall/connectors/csv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AccountJudge } from '../../src/inactive/judge-accounts.ts';

function day(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (date === null) throw new Error(text);
  return date;
}

const asOf = day('2026-11-22');
const near = fc.integer({ min: -200, max: 10 }).map((days) => addDays(asOf, days));
const lastActive: fc.Arbitrary<LastActive> = fc.oneof(
  near.map((on): LastActive => ({ kind: 'at', on, at: null })),
  fc.constant<LastActive>({ kind: 'never' }),
  fc.constant<LastActive>({ kind: 'unknown', why: 'noDate' }),
);
const spec = fc.constantFrom<PeriodSpec[]>(
  { kind: 'rolling', unit: 'days', count: 90 },
  { kind: 'preset', preset: 'this-month' },
  { kind: 'range', from: day('2026-06-01'), to: day('2026-08-31') },
);

it('remembers nothing but what core would say', () => {
  fc.assert(
    fc.property(spec, near, fc.array(fc.tuple(fc.constantFrom('has' as const, 'none' as const, 'unknown' as const), lastActive, fc.option(near)), { minLength: 1 }), (spec, exportedOn, accesses) => {
      const period = resolvePeriod(spec, asOf);
      const judge = new AccountJudge({ spec, text: '', period, asOf, exported: { on: exportedOn, from: 'given' } });
      for (const [holding, seen, added] of accesses) {
        const expected = judgeUsage({ holding, lastActive: seen, knownThrough: exportedOn, clockStart: added, historyFrom: null, activeDays: [] }, period);
        const addedCode = added === null ? dayCodeOf({ kind: 'unknown', why: 'noDate' }) : dayCodeOf({ kind: 'at', on: added, at: null });
        expect(judge.verdict(holding, dayCodeOf(seen), addedCode)).toMatchObject(expected);
      }
    }),
  );
});
