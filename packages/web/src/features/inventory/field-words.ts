import { useLingui } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { appTitle, usages } from '@rollcall/core';
import type { FieldName } from '@rollcall/core';
import { accountStatusNames, accountTypeNames, wordOr } from '../../words/accounts.ts';
import { usageNames } from '../../words/usage.ts';

const fieldNames: Readonly<Record<FieldName, MessageDescriptor>> = {
  id: msg`Account id`, name: msg`Name`, email: msg`E-mail`, domain: msg`Domain`, hasEmail: msg`Has an e-mail`, status: msg`Status`, type: msg`Account type`, managed: msg`Managed`, role: msg`Role`,
  group: msg`Group`, source: msg`Source`, added: msg`Added`, protected: msg`Protected`, service: msg`Service account`, idp: msg`From an identity provider`,
  app: msg`App`, site: msg`Site`, usage: msg`Activity`, lastActive: msg`Last active`, accessGranted: msg`Access granted`,
};
const flagNames: Partial<Record<FieldName, readonly [MessageDescriptor, MessageDescriptor]>> = {
  managed: [msg`Managed accounts`, msg`External accounts`],
  protected: [msg`Protected`, msg`Not protected`],
  service: [msg`Looks like a service account`, msg`No service accounts`],
  idp: [msg`From an identity provider`, msg`Not from an identity provider`],
  hasEmail: [msg`With an e-mail`, msg`Without an e-mail`],
};

export function useFieldName(): (field: FieldName) => string {
  const { i18n } = useLingui();
  return (field) => i18n._(fieldNames[field]);
}

/** A value of a field in words. */
export function useValueName(): (field: FieldName, value: string) => string {
  const { i18n } = useLingui();
  return (field, value) => {
    const flag = flagNames[field]?.[value === 'true' ? 0 : 1];
    if (flag !== undefined) return i18n._(flag);
    if (field === 'status') return wordOr(i18n, accountStatusNames, value);
    if (field === 'type') return wordOr(i18n, accountTypeNames, value);
    if (field === 'app') return appTitle(value);
    const usage = field === 'usage' ? usages.find((one) => one === value) : undefined;
    return usage === undefined ? value : i18n._(usageNames[usage]);
  };
}
