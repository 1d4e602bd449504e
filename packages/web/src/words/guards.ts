import type { MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { plan } from '@rollcall/contract';
import type { z } from 'zod';
import { formatCivilDate } from '../i18n/index.ts';

type Guard = z.output<typeof plan>['guards'][number];

const titles: Readonly<Record<string, MessageDescriptor>> = {
  people: msg`Cap by number of people`,
  percent: msg`Cap by share of the active accounts`,
  canary: msg`Canary`,
  freshData: msg`Age of the last complete reading`,
  suspiciousData: msg`Held reading`,
  unknownActivity: msg`Unknown activity`,
  shortPeriod: msg`Length of the period`,
};

export interface GuardWords {
  /** Null for a guard that this version does not know. */
  readonly title: string | null;
  readonly sentence: string;
}

/** A guard in the reader's language, from its values; the server's own English sentence where this version does not know the guard or a value is missing. */
export function useGuardWords(): (guard: Guard) => GuardWords {
  const { t, i18n } = useLingui();
  return ({ name, passed, text, values }) => {
    const title = titles[name];
    const number = (key: string): string => new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 6 }).format(Number(values[key] ?? 0));
    const word = (key: string): string => String(values[key] ?? '');
    const day = (key: string): string => (values[key] === undefined ? '' : formatCivilDate(i18n.locale, word(key)));
    const has = (...keys: readonly string[]): boolean => keys.every((key) => values[key] !== undefined);
    const [people, cap, percent, active, stale, label, from, to, minimum, why] = [number('people'), number('cap'), number('percent'), number('active'), number('staleAfterHours'), word('label'), day('from'), day('to'), number('minimumDays'), word('reason')];
    const most = number('most');
    const days = Number(values['days'] ?? 0);
    const hours = Number(values['hours'] ?? 0);
    const age = hours < 1 ? t`less than an hour` : t`${plural(hours, { one: '# hour', other: '# hours' })}`;
    const sentences: Readonly<Record<string, () => string | null>> = {
      people: () => (!has('people', 'cap') ? null : passed ? t`${people} people, of at most ${cap}.` : t`${people} people are more than the cap of ${cap}. Narrow the query, or have an administrator raise the cap in Settings.`),
      percent: () => (!has('percent', 'active', 'cap') ? null : passed ? t`${percent} % of ${active} active accounts, of at most ${cap} %.` : t`${percent} % of the ${active} active accounts is more than the cap of ${cap} %. Narrow the query, or have an administrator raise the cap in Settings.`),
      canary: () => (passed ? t`No canary is among the people.` : label === '' ? t`A canary is among the people: the selection is not what it should be. Look at the query.` : t`A canary is among the people (${label}): the selection is not what it should be. Look at the query.`),
      freshData: () => {
        if (has('future')) return t`The last complete reading is dated in the future: the clock was set back since. Look at the clock of this machine and of the database, then sync again.`;
        if (!has('hours', 'staleAfterHours')) return passed ? null : t`This source was never read completely. Sync it first.`;
        return passed ? t`The last complete reading is ${age} old.` : t`The last complete reading is ${age} old, more than the ${stale} hours that this source allows. Sync it first.`;
      },
      suspiciousData: () => (passed ? t`No reading is held as suspicious.` : t`The last reading found suspiciously few accounts and is held. Decide about it first, in Sources.`),
      unknownActivity: () => (!has('percent', 'most') ? null : passed ? t`Of ${percent} % of the app accesses of this source the last activity is unknown, of at most ${most} %.` : t`Of ${percent} % of the app accesses of this source the last activity is unknown, more than the ${most} % that the settings allow. Test the key in Sources and sync again, or add an export as evidence.`),
      shortPeriod: () => {
        if (has('reason', 'days')) return t`The period is only ${plural(days, { one: '# day', other: '# days' })}, allowed with this reason: ${why}`;
        if (!has('from', 'to', 'days')) return null;
        return passed ? t`The period runs from ${from} to ${to}: ${plural(days, { one: '# day', other: '# days' })}.` : t`The period from ${from} to ${to} is ${plural(days, { one: '# day', other: '# days' })}, less than the minimum of ${minimum}. Choose a longer one, or say in words why a short one is right.`;
      },
    };
    return { title: title === undefined ? null : i18n._(title), sentence: sentences[name]?.() ?? text };
  };
}
