import { useLingui } from '@lingui/react/macro';
import { z } from 'zod';
import { protectionNames, wordOr } from './accounts.ts';

interface Sentence {
  readonly code: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

const facts = z.object({
  by: z.string().optional().catch(undefined),
  label: z.string().nullish().catch(null),
  reason: z.string().optional().catch(undefined),
  owner: z.string().optional().catch(undefined),
  endsOn: z.string().nullish().catch(null),
  groups: z.array(z.union([z.string(), z.object({ group: z.string() })])).optional().catch(undefined),
  clockOn: z.string().nullish().catch(null),
  on: z.string().optional().catch(undefined),
  note: z.string().optional().catch(undefined),
});

/** The reason of a row in the reader's language, by its code; the server's English sentence for a code this version does not know. */
export function useReason(): (sentence: Sentence) => string {
  const { t, i18n } = useLingui();
  return ({ code, text, data }) => {
    const { by = '', label, reason = '', owner = '', endsOn, groups = [], clockOn, on = '', note = '' } = facts.parse(data ?? {});
    const names = groups.map((group) => (typeof group === 'string' ? group : group.group)).join(', ');
    const protection = wordOr(i18n, protectionNames, by);
    const until = endsOn ?? '';
    const what = label ?? '';
    const sentences: Readonly<Record<string, () => string>> = {
      matches: () => t`Chosen for this action.`,
      notUsedInPeriod: () => t`Did not use it in the period.`,
      givesBack: () => t`Gets back what the run took.`,
      protected: () => t`Protected: ${protection}.`,
      exempt: () => {
        const end = until === '' ? '' : t`, until ${until}`;
        if (by === 'group') return t`Exempt by the group ${what}: ${reason} (${owner}${end}).`;
        if (by === 'domain') return t`Exempt by the domain ${what}: ${reason} (${owner}${end}).`;
        return t`Exempt: ${reason} (${owner}${end}).`;
      },
      managedByIdp: () => (names === '' ? t`An identity provider manages this; change it there.` : t`An identity provider manages ${names}: take it away there. It is in the removal file.`),
      noAccess: () => t`Has no access to take away.`,
      alreadyHasAccess: () => t`Has access already.`,
      alreadySo: () => t`Was so already; nothing had to be done.`,
      alreadyMember: () => t`Is in the group already.`,
      alreadySuspended: () => t`Is suspended already.`,
      notSuspended: () => t`Is not suspended.`,
      notActive: () => t`The account is deactivated or waits for deletion.`,
      notInDirectory: () => t`Is in no directory that the key may administer.`,
      notMember: () => t`Is not in the group.`,
      otherDirectory: () => t`Is in another directory than the group.`,
      grantsAdministration: () => t`The group grants administration: give that by hand.`,
      activityUnknown: () => t`Whether the app is used is unknown: nobody is taken away on a guess.`,
      clockStartedInPeriod: () => {
        const day = clockOn ?? '';
        return day === '' ? t`Was added, granted access or reactivated within the period.` : t`Was added, granted access or reactivated within the period (${day}).`;
      },
      wouldCutAppInUse: () => t`It would also cut an app that is in use, or whose use is unknown.`,
      serviceAccount: () => t`Looks like a service account: programs may depend on it.`,
      accountGone: () => t`The account is not there any more.`,
      groupGone: () => t`The group is not there any more.`,
      cannotBeGivenBack: () => t`Cannot be given back: the person must be invited again.`,
      deactivatedSince: () => t`The account is deactivated or waits for deletion: nothing is given back to it. Activate it first, then undo again.`,
      becameAdministrator: () => t`Became an administrator since the plan was made.`,
      exemptedSince: () => t`Was exempted since the plan was made.`,
      activeSince: () => t`Was active on ${on} since the plan was made.`,
      accessGrantedSince: () => t`Was given access since the plan was made (${names}).`,
      pathNotRemovable: () => t`Atlassian infers the access from something else; it cannot be taken away by itself.`,
      cannotRecheck: () => t`The vendor did not say what the person holds now; nothing was changed.`,
      notVerified: () => t`The vendor accepted the change, but a re-read does not show it.`,
      cannotVerify: () => t`The vendor accepted the change, but could not be asked whether it is so.`,
      answerLost: () => t`The answer was lost and the vendor cannot say whether the change took effect. Re-check it, or settle it by hand.`,
      rateLimited: () => t`Waits for the vendor's rate limit.`,
      transient: () => t`The vendor could not be reached or answered with an error of its own.`,
      auth: () => t`The vendor refuses the key.`,
      scope: () => t`The key lacks a scope that this needs.`,
      forbidden: () => t`The vendor does not allow this.`,
      rejected: () => t`The vendor refused the change.`,
      quota: () => t`A licence or user limit is in the way.`,
      unsupported: () => t`The vendor does not offer this here.`,
      drifted: () => t`What is there is not what was planned.`,
      bug: () => t`The vendor calls the request malformed. Please report this.`,
      runCancelled: () => t`The run was cancelled before this person.`,
      settledByHand: () => (by === '' ? t`Settled by hand.` : t`Settled by hand by ${by}: ${note}`),
    };
    return sentences[code]?.() ?? text;
  };
}
