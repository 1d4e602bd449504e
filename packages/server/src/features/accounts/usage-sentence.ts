import type { AccessFacts, CivilDate, UnknownWhy, UsageVerdict } from '@rollcall/core';

const reasons: Readonly<Record<UnknownWhy, string>> = {
  notRead: 'the source has not been asked about it yet',
  notGiven: 'the source was asked and gave no answer about this app',
  noAccessColumn: 'the file does not say who has access',
  noDate: 'the file gives no date',
  unreadableDate: 'the date in the file cannot be read',
  ambiguousDate: 'day and month of the date in the file cannot be told apart',
  impossibleDate: 'the date in the file does not exist',
  futureDate: 'the date is later than the reading itself',
};

export interface Judged {
  readonly app: string;
  readonly site: string;
  readonly facts: AccessFacts;
  readonly verdict: UsageVerdict;
  readonly period: { readonly from: CivilDate; readonly to: CivilDate };
}

/** Why an access is in its class, in one sentence of plain English. */
export function usageSentence({ app, site, facts, verdict, period }: Judged): string {
  const where = site === '' ? app : `${app} on ${site}`;
  const days = `${period.from} to ${period.to}`;
  const on = facts.lastActive.kind === 'at' ? facts.lastActive.on : null;
  const known = facts.knownThrough === null ? 'no reading says until when that is known' : `what is known ends on ${facts.knownThrough}`;
  switch (verdict.basis) {
    case 'seenInPeriod':
      return `Active: seen in ${where} within ${days}${on === null ? '' : `; last active on ${on}`}.`;
    case 'fewDaysInPeriod':
      return `Low usage: seen in ${where} on only a few days within ${days}${on === null ? '' : `; last active on ${on}`}.`;
    case 'lastActiveBeforePeriod':
      return `Inactive: last active in ${where} on ${on ?? 'an earlier day'}, before ${period.from}; ${known}.`;
    case 'neverAccessed':
      return `Never accessed: has access to ${where} and never used it; ${known}.`;
    case 'noAccess':
      return `Has no access to ${where} now.`;
    case 'holdingUnknown':
      return `Unknown: no source says whether this account has access to ${where}.`;
    case 'lastActiveUnknown':
      return `Unknown: the last activity in ${where} is not known, because ${facts.lastActive.kind === 'unknown' ? reasons[facts.lastActive.why] : 'nothing was read'}.`;
    case 'evidenceTooOld':
      return `Unknown: ${on === null ? `${where} was never used as far as is known` : `last active in ${where} on ${on}`}, but ${known}, too early to tell about ${days}.`;
    case 'clockStartedInPeriod':
      return `Unknown: last active in ${where} on ${on ?? 'an earlier day'}, but the clock started on ${facts.clockStart ?? 'a day of the period'} (access granted, account added or restored), within ${days}.`;
    case 'noHistoryForPeriod':
      return `Unknown: last active in ${where} on ${on ?? 'a later day'}, after ${period.to}, and no history is kept of the days before.`;
  }
}
