import { useLingui } from '@lingui/react/macro';
import type { accountAccess, resolvedPeriod } from '@rollcall/contract';
import type { z } from 'zod';
import { formatCivilDate } from '../i18n/index.ts';
import { unknownWhyNames, wordOr } from './accounts.ts';

type Access = z.output<typeof accountAccess>;
type Period = z.output<typeof resolvedPeriod>;

/** Why an access is in its class, by the code of its basis, in the reader's language. */
export function useUsageSentence(): (access: Access, period: Period) => string {
  const { t, i18n } = useLingui();
  return (access, period) => {
    const day = (text: string | null): string => (text === null ? '' : formatCivilDate(i18n.locale, text));
    const where = access.site === '' ? access.title : t`${access.title} on ${access.site}`;
    const from = day(period.from);
    const to = day(period.to);
    const on = day(access.lastActive.on);
    const until = day(access.evidence?.knownThrough ?? null);
    const known = until === '' ? t`no reading says until when that is known` : t`what is known ends on ${until}`;
    const why = wordOr(i18n, unknownWhyNames, access.lastActive.why ?? 'notRead');
    const granted = day(access.grantedOn);
    const sentences: Readonly<Record<string, () => string>> = {
      seenInPeriod: () => (on === '' ? t`Seen in ${where} between ${from} and ${to}.` : t`Seen in ${where} between ${from} and ${to}; last active on ${on}.`),
      fewDaysInPeriod: () => (on === '' ? t`Seen in ${where} on only a few days between ${from} and ${to}.` : t`Seen in ${where} on only a few days between ${from} and ${to}; last active on ${on}.`),
      lastActiveBeforePeriod: () => t`Last active in ${where} on ${on}, before ${from}; ${known}.`,
      neverAccessed: () => t`Has access to ${where} and never used it; ${known}.`,
      noAccess: () => t`Has no access to ${where} now.`,
      holdingUnknown: () => t`No source says whether this account has access to ${where}.`,
      lastActiveUnknown: () => t`The last activity in ${where} is not known, because ${why}.`,
      evidenceTooOld: () => (on === '' ? t`Never seen in ${where}, but ${known}: too early to tell.` : t`Last active in ${where} on ${on}, but ${known}: too early to tell.`),
      clockStartedInPeriod: () => (granted === '' ? t`Last active in ${where} on ${on}, but added, granted access or restored within the period.` : t`Last active in ${where} on ${on}, but access was granted on ${granted}, within the period.`),
      noHistoryForPeriod: () => t`Last active in ${where} on ${on}, after ${to}, and no history is kept of the days before.`,
    };
    return sentences[access.basis]?.() ?? access.sentence;
  };
}
