import { addDays, judgeUsage } from '@rollcall/core';
import type { CivilDate, Holding, Usage, UsageBasis, UsageVerdict } from '@rollcall/core';
import { dayCodeOf, lastActiveOf, nothingSaid } from '@rollcall/connectors/csv';
import type { AccountTable, DayCode } from '@rollcall/connectors/csv';
import type { AskedPeriod } from './question.ts';

/** Why a never-accessed account is not listed: added within the period, or nobody knows when. */
export type NeverAge = 'oldEnough' | 'tooNew' | 'ageUnknown';

export interface AccountVerdict extends UsageVerdict {
  /** For `never` only. */
  readonly age: NeverAge;
  /** The last activity that decided: the app's, or the account's where the export knows no more. */
  readonly decidedBy: DayCode;
}

/**
 * Judges accesses of a file's accounts by core's rules, remembering its answers: they depend on the last activity, the holding and on whether the
 * account was added before or within the period, so a million accounts have a few thousand different answers.
 */
export class AccountJudge {
  readonly #asked: AskedPeriod;
  readonly #fromCode: DayCode;
  readonly #notGiven = dayCodeOf({ kind: 'unknown', why: 'notGiven' });
  readonly #answers = new Map<number, AccountVerdict>();

  constructor(asked: AskedPeriod) {
    this.#asked = asked;
    this.#fromCode = dayCodeOf({ kind: 'at', on: asked.period.from, at: null });
  }

  judge(table: AccountTable, account: number, resource: number): AccountVerdict {
    const codes = table.codes(account, resource);
    const day = this.#decidingDay(codes.day, codes.account);
    return this.verdict(table.holding(account, resource), day, codes.added);
  }

  verdict(holding: Holding, day: DayCode, added: DayCode): AccountVerdict {
    const clock = added <= 0 ? 0 : added < this.#fromCode ? 1 : 2;
    const key = (day - nothingSaid) * 9 + clock * 3 + holdingNumber(holding);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const made = this.#judge(holding, day, clock);
    this.#answers.set(key, made);
    return made;
  }

  #judge(holding: Holding, day: DayCode, clock: 0 | 1 | 2): AccountVerdict {
    const { period, exported } = this.#asked;
    // Core only asks whether the clock started before the period or within it: one day stands for all on its side.
    const clockStart: CivilDate | null = clock === 0 ? null : clock === 1 ? addDays(period.from, -1) : period.from;
    const verdict = judgeUsage(
      { holding, lastActive: lastActiveOf(day), knownThrough: exported.on, clockStart, historyFrom: null, activeDays: [] },
      period,
    );
    return { ...verdict, age: clock === 0 ? 'ageUnknown' : clock === 1 ? 'oldEnough' : 'tooNew', decidedBy: day };
  }

  /**
   * Where an export knows only the last activity of the account as a whole, a day before the period proves that no app was used in it; a day
   * within the period does not say which app was.
   */
  #decidingDay(day: DayCode, account: DayCode): DayCode {
    const appUnknown = day === nothingSaid || day === this.#notGiven;
    if (!appUnknown) return day;
    return account > 0 && account < this.#fromCode ? account : this.#notGiven;
  }
}

function holdingNumber(holding: Holding): number {
  return holding === 'has' ? 0 : holding === 'none' ? 1 : 2;
}

/** How many accesses are in each class, and why the unknown ones are. */
export interface ClassCounts {
  readonly usages: Record<Usage, number>;
  readonly unknownBecause: Partial<Record<UsageBasis, number>>;
  neverTooNew: number;
  neverAgeUnknown: number;
}

export function noCounts(): ClassCounts {
  return {
    usages: { active: 0, lowUsage: 0, inactive: 0, never: 0, unknown: 0, none: 0 },
    unknownBecause: {},
    neverTooNew: 0,
    neverAgeUnknown: 0,
  };
}

export function countVerdict(counts: ClassCounts, verdict: AccountVerdict): void {
  counts.usages[verdict.usage] += 1;
  if (verdict.usage === 'unknown') counts.unknownBecause[verdict.basis] = (counts.unknownBecause[verdict.basis] ?? 0) + 1;
  if (verdict.usage !== 'never') return;
  if (verdict.age === 'tooNew') counts.neverTooNew += 1;
  if (verdict.age === 'ageUnknown') counts.neverAgeUnknown += 1;
}
