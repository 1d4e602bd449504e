import { useLingui } from '@lingui/react';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

/** The views that Rollcall ships, by their English name. */
const shipped: Readonly<Record<string, MessageDescriptor>> = {
  'Active accounts': msg`Active accounts`,
  'Dormant administrators': msg`Dormant administrators`,
  'Outside contractors': msg`Outside contractors`,
  'Never accepted': msg`Never accepted`,
  'Never accessed anything': msg`Never accessed anything`,
  'Inactive everywhere': msg`Inactive everywhere`,
  'Service accounts': msg`Service accounts`,
  'Unknown activity': msg`Unknown activity`,
};

export function useViewName(): (view: { readonly name: string; readonly builtIn: boolean }) => string {
  const { i18n } = useLingui();
  return ({ name, builtIn }) => {
    const known = builtIn ? shipped[name] : undefined;
    return known === undefined ? name : i18n._(known);
  };
}
