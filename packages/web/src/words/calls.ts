import { useLingui } from '@lingui/react/macro';
import { appTitle } from '@rollcall/core';
import type { planItem } from '@rollcall/contract';
import type { z } from 'zod';

type Call = z.output<typeof planItem>['calls'][number];

/** A call in the reader's language, by its verb and the names in it; the server's own English sentence for a verb that this version does not know. */
export function useCallWords(): (call: Call) => string {
  const { t } = useLingui();
  return ({ verb, text, data }) => {
    const { group = '', role = '', site = '', directory = '' } = data;
    const app = appTitle(data.app ?? '');
    const sentences: Readonly<Record<string, () => string>> = {
      removeFromGroup: () => t`Remove from the group ${group}`,
      addToGroup: () => t`Add to the group ${group}`,
      revokeRole: () => t`Revoke the direct role ${role} for ${app} on ${site}`,
      assignRole: () => t`Assign the role ${role} for ${app} on ${site}`,
      suspendAccess: () => t`Suspend access in ${directory}`,
      restoreAccess: () => t`Restore access in ${directory}`,
      removeFromDirectory: () => t`Remove from ${directory}`,
    };
    return sentences[verb]?.() ?? text;
  };
}
