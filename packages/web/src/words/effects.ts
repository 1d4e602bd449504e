import { useLingui } from '@lingui/react/macro';
import { z } from 'zod';
import { appTitle } from '@rollcall/core';

interface Effect {
  readonly code: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

const facts = z.object({
  app: z.string().catch(''), site: z.string().catch(''), inUse: z.boolean().catch(false), lastOn: z.string().nullish().catch(null),
  lastKind: z.string().catch(''), group: z.string().nullish().catch(null), directory: z.string().nullish().catch(null),
});

/** What else a row brings with it, in the reader's language. */
export function useEffectWords(): (effect: Effect) => string {
  const { t } = useLingui();
  return ({ code, text, data }) => {
    const { app, site, inUse, lastOn, lastKind, group, directory } = facts.parse(data ?? {});
    const title = appTitle(app);
    const day = lastOn ?? '';
    const groupName = group ?? '';
    const directoryName = directory ?? '';
    const last = lastKind === 'at' ? t`last active ${day}` : lastKind === 'never' ? t`never accessed` : t`last activity unknown`;
    const sentences: Readonly<Record<string, () => string>> = {
      losesApp: () => (inUse ? t`Also loses ${title} on ${site} (${last}, in use).` : t`Also loses ${title} on ${site} (${last}).`),
      losesHiddenApp: () => (inUse ? t`Also loses an app outside your sites that is in use.` : t`Also loses an app outside your sites.`),
      gainsApp: () => t`Gets ${title} on ${site} and takes a seat there.`,
      mustBeInvitedAgain: () => t`Must be invited again to come back; groups and roles are lost.`,
      takesSeatsAgain: () => t`Takes the seats of the apps again.`,
      cannotBeGivenBack: () => t`Membership of ${directoryName} cannot be given back: invite the person again.`,
      groupGone: () => t`The group ${groupName} is not there any more.`,
      managedByIdp: () => t`The group ${groupName} belongs to an identity provider: give it back there.`,
    };
    return sentences[code]?.() ?? text;
  };
}
