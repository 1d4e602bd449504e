import { useLingui } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

/** The views that Rollcall ships, by their English name. */
const shipped: Readonly<Record<string, MessageDescriptor>> = {
  'Not using Jira': msg`Not using Jira`,
  'Never accessed': msg`Never accessed`,
  'Dormant administrators': msg`Dormant administrators`,
  'Outside contractors (unmanaged)': msg`Outside contractors (unmanaged)`,
  'Service-looking accounts': msg`Service-looking accounts`,
  'Unknown activity': msg`Unknown activity`,
};

export function useViewName(): (view: { readonly name: string; readonly builtIn: boolean }) => string {
  const { i18n } = useLingui();
  return ({ name, builtIn }) => {
    const known = builtIn ? shipped[name] : undefined;
    return known === undefined ? name : i18n._(known);
  };
}
