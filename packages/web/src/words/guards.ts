import { useLingui } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

interface GuardWords {
  readonly title: MessageDescriptor;
  /** What to do when it did not pass. */
  readonly remedy: MessageDescriptor;
}

const guards: Readonly<Record<string, GuardWords>> = {
  people: { title: msg`Cap by number of people`, remedy: msg`Narrow the query, or have an administrator raise the cap in Settings.` },
  percent: { title: msg`Cap by share of the active accounts`, remedy: msg`Narrow the query, or have an administrator raise the cap in Settings.` },
  canary: { title: msg`No canary among the people`, remedy: msg`A canary is an exemption that refuses any plan it stands in: the selection is not what it should be. Look at the query.` },
  freshData: { title: msg`The last complete reading is fresh`, remedy: msg`Sync the source first.` },
  suspiciousData: { title: msg`No reading is held as suspicious`, remedy: msg`The last reading found suspiciously few accounts and is held. Decide about it first, in Sources.` },
  shortPeriod: { title: msg`The period is long enough`, remedy: msg`Choose a longer period, or say in words why a short one is right.` },
};

/** A guard's name and remedy; a guard this version does not know has its own text only. */
export function useGuardWords(): (name: string) => { readonly title: string; readonly remedy: string } | null {
  const { i18n } = useLingui();
  return (name) => {
    const words = guards[name];
    return words === undefined ? null : { title: i18n._(words.title), remedy: i18n._(words.remedy) };
  };
}
