import { addDays } from './civil-date.ts';
import type { CivilDate } from './civil-date.ts';
import type { LastActive } from './last-active.ts';
import type { Period } from './period.ts';

/** The classes of the inventory. `none`: the account has no access to the app. */
export const usages = ['active', 'lowUsage', 'inactive', 'never', 'unknown', 'none'] as const;
export type Usage = (typeof usages)[number];

/** Does the account hold access? `unknown` where a source does not say (a file without the access column). */
export type Holding = 'has' | 'none' | 'unknown';

/** What is known about one account's access to one app of one site. */
export interface AccessFacts {
  readonly holding: Holding;
  readonly lastActive: LastActive;
  /** The day up to which the reading can be trusted; null: it proves no present state. */
  readonly knownThrough: CivilDate | null;
  /** The latest of: access granted (first seen by us), account created or added, reactivated or restored, end of an exemption. */
  readonly clockStart: CivilDate | null;
  /** The first day from which we keep the days this person was seen active; null: no history. */
  readonly historyFrom: CivilDate | null;
  /** The days seen active that history holds, any order. */
  readonly activeDays: readonly CivilDate[];
}

export interface UsageRules {
  /** Days a reading may lag behind the end of the period and still prove inactivity (default 2: 48 hours). */
  readonly freshnessDays: number;
  /** Fewer distinct known days than this within the period is low usage (default 3). */
  readonly lowUsageDays: number;
}

export const defaultUsageRules: UsageRules = { freshnessDays: 2, lowUsageDays: 3 };

/** Why the class is what it is: a code for sentences, never shown raw. */
export type UsageBasis =
  | 'seenInPeriod'
  | 'fewDaysInPeriod'
  | 'lastActiveBeforePeriod'
  | 'neverAccessed'
  | 'noAccess'
  | 'holdingUnknown'
  | 'lastActiveUnknown'
  | 'evidenceTooOld'
  | 'clockStartedInPeriod'
  | 'noHistoryForPeriod';

export interface UsageVerdict {
  readonly usage: Usage;
  readonly basis: UsageBasis;
}

/**
 * Puts an access into its class for a period (design.md section 6). Unknown is never inactive: *inactive* needs a last activity
 * before the period, a reading that reaches the end of the period less `freshnessDays`, and a clock that started before the period.
 */
export function judgeUsage(facts: AccessFacts, period: Period, rules: UsageRules = defaultUsageRules): UsageVerdict {
  if (facts.holding === 'none') return { usage: 'none', basis: 'noAccess' };
  if (facts.holding === 'unknown') return { usage: 'unknown', basis: 'holdingUnknown' };
  if (seenWithin(facts, period)) return judgeSeen(facts, period, rules);
  if (facts.lastActive.kind === 'unknown') return { usage: 'unknown', basis: 'lastActiveUnknown' };
  const fresh = facts.knownThrough !== null && facts.knownThrough >= addDays(period.to, -rules.freshnessDays);
  if (facts.lastActive.kind === 'never') {
    return fresh ? { usage: 'never', basis: 'neverAccessed' } : { usage: 'unknown', basis: 'evidenceTooOld' };
  }
  if (facts.lastActive.on > period.to) return { usage: 'unknown', basis: 'noHistoryForPeriod' };
  if (!fresh) return { usage: 'unknown', basis: 'evidenceTooOld' };
  if (facts.clockStart !== null && facts.clockStart >= period.from) return { usage: 'unknown', basis: 'clockStartedInPeriod' };
  return { usage: 'inactive', basis: 'lastActiveBeforePeriod' };
}

function seenWithin(facts: AccessFacts, period: Period): boolean {
  const within = (day: CivilDate): boolean => day >= period.from && day <= period.to;
  return (facts.lastActive.kind === 'at' && within(facts.lastActive.on)) || facts.activeDays.some(within);
}

function judgeSeen(facts: AccessFacts, period: Period, rules: UsageRules): UsageVerdict {
  const covered = facts.historyFrom !== null && facts.historyFrom <= period.from;
  if (!covered) return { usage: 'active', basis: 'seenInPeriod' };
  const days = new Set(facts.activeDays.filter((day) => day >= period.from && day <= period.to));
  if (facts.lastActive.kind === 'at' && facts.lastActive.on >= period.from && facts.lastActive.on <= period.to) days.add(facts.lastActive.on);
  return days.size < rules.lowUsageDays
    ? { usage: 'lowUsage', basis: 'fewDaysInPeriod' }
    : { usage: 'active', basis: 'seenInPeriod' };
}
