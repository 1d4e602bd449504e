import { useLingui } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useReason } from './reasons.ts';

/** Reasons whose sentence needs the data of a row, as the heading of all such rows. */
const titles: Readonly<Record<string, MessageDescriptor>> = {
  protected: msg`Protected`,
  exempt: msg`Exempt`,
  managedByIdp: msg`An identity provider manages the way in`,
  clockStartedInPeriod: msg`Added, granted access or reactivated within the period`,
  deactivatedSince: msg`Deactivated since: nothing is given back`,
  activeSince: msg`Was active since the plan was made`,
  accessGrantedSince: msg`Was given access since the plan was made`,
};

/** The heading of all rows with a reason. */
export function useReasonTitle(): (code: string) => string {
  const { i18n } = useLingui();
  const reason = useReason();
  return (code) => {
    const title = titles[code];
    return title === undefined ? reason({ code, text: code }).replace(/[.。]$/, '') : i18n._(title);
  };
}
