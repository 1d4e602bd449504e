import { describe, expect, it } from 'vitest';
import { defaultUsageRules, judgeUsage, resolvePeriod } from '../src/index.ts';
import type { AccessFacts } from '../src/index.ts';
import { day } from './day.ts';

const asOf = day('2026-11-22');
const ninetyDays = resolvePeriod({ kind: 'rolling', unit: 'days', count: 90 }, asOf);
const firstQuarter = resolvePeriod({ kind: 'range', from: day('2026-01-01'), to: day('2026-03-31') }, asOf);
const at = (text: string) => ({ lastActive: { kind: 'at', on: day(text), at: null } }) as const;
const never = { lastActive: { kind: 'never' } } as const;
const unknown = { lastActive: { kind: 'unknown', why: 'noDate' } } as const;
const history = (from: string, ...days: readonly string[]) => ({ historyFrom: day(from), activeDays: days.map(day) });

function access(more: Partial<AccessFacts>): AccessFacts {
  return { holding: 'has', lastActive: { kind: 'at', on: day('2026-06-01'), at: null }, knownThrough: day('2026-11-21'), clockStart: null, historyFrom: null, activeDays: [], ...more };
}

describe('the class of an access', () => {
  it.each([
    ['the day before the limit', at('2026-08-23'), 'inactive', 'lastActiveBeforePeriod'],
    ['the limit itself, 90 days ago', at('2026-08-24'), 'active', 'seenInPeriod'],
    ['today', at('2026-11-22'), 'active', 'seenInPeriod'],
    ['a reading just fresh enough', { knownThrough: day('2026-11-20') }, 'inactive', 'lastActiveBeforePeriod'],
    ['a reading one day too old', { knownThrough: day('2026-11-19') }, 'unknown', 'evidenceTooOld'],
    ['a reading that proves no present', { knownThrough: null }, 'unknown', 'evidenceTooOld'],
    ['seen, however old the reading', { ...at('2026-10-01'), knownThrough: day('2026-10-01') }, 'active', 'seenInPeriod'],
    ['never', never, 'never', 'neverAccessed'],
    ['never, as an old file says', { ...never, knownThrough: day('2026-08-31') }, 'unknown', 'evidenceTooOld'],
    ['no date', unknown, 'unknown', 'lastActiveUnknown'],
    ['no date, but a day in history', { ...unknown, ...history('2026-11-01', '2026-11-10') }, 'active', 'seenInPeriod'],
    ['never, where nobody says that access is held', { ...never, holding: 'unknown' }, 'unknown', 'holdingUnknown'],
    ['no access', { holding: 'none' }, 'none', 'noAccess'],
    ['a clock that began within the period', { clockStart: day('2026-08-24') }, 'unknown', 'clockStartedInPeriod'],
    ['a clock that began before it', { clockStart: day('2026-08-23') }, 'inactive', 'lastActiveBeforePeriod'],
    ['two days with history for the period', { ...at('2026-11-10'), ...history('2026-08-24', '2026-09-01') }, 'lowUsage', 'fewDaysInPeriod'],
    ['three days', { ...at('2026-11-10'), ...history('2026-08-24', '2026-09-01', '2026-09-02') }, 'active', 'seenInPeriod'],
    ['days outside the period count nothing', { ...at('2026-11-10'), ...history('2026-01-01', '2026-08-23', '2026-08-22', '2026-11-10') }, 'lowUsage', 'fewDaysInPeriod'],
    ['history that begins a day too late', { ...at('2026-11-10'), ...history('2026-08-25') }, 'active', 'seenInPeriod'],
  ] as const)('%s', (_, more, usage, basis) => {
    expect(judgeUsage(access(more), ninetyDays, defaultUsageRules)).toEqual({ usage, basis });
  });

  it.each([
    ['a later activity hides what was', at('2026-06-01'), 'unknown', 'noHistoryForPeriod'],
    ['a day in history answers', { ...at('2026-06-01'), ...history('2025-12-01', '2026-02-01', '2026-02-02', '2026-02-03') }, 'active', 'seenInPeriod'],
    ['active before and never since', at('2025-12-31'), 'inactive', 'lastActiveBeforePeriod'],
    ['the reading need only reach the end of the period', { ...at('2025-12-31'), knownThrough: day('2026-03-29') }, 'inactive', 'lastActiveBeforePeriod'],
  ] as const)('in a past range: %s', (_, more, usage, basis) => {
    expect(judgeUsage(access(more), firstQuarter)).toEqual({ usage, basis });
  });
});
