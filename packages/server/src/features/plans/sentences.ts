import type { RouteResult, routes } from '@rollcall/contract';
import { appTitle } from '@rollcall/core';
import { z } from 'zod';

type PlanItemCall = RouteResult<typeof routes.plans.items>['items'][number]['calls'][number];

/** What a reason's data can hold; every member is optional because each reason has its own. */
const reasonData = z.object({
  by: z.string().optional(),
  label: z.string().nullish(),
  reason: z.string().optional(),
  owner: z.string().optional(),
  endsOn: z.string().nullish(),
  groups: z.array(z.union([z.string(), z.object({ group: z.string(), provider: z.string().nullish() })])).optional(),
  clockOn: z.string().nullish(),
  on: z.string().optional(),
  note: z.string().optional(),
});

const protections: Readonly<Record<string, string>> = {
  platformRole: 'holds an administrator role of the organisation or a site',
  adminGroup: 'is in a group that grants administration',
  appAccount: 'is an app account, not a person',
  customerAccount: 'is a portal customer and takes no seat',
  keyOwner: 'owns the key that Rollcall works with',
};

type Data = z.infer<typeof reasonData>;
const groupNames = (data: Data): string => (data.groups ?? []).map((group) => (typeof group === 'string' ? group : group.group)).join(', ');

/** One sentence for each reason, why a person is in a plan or left out, and how a row of a run ended. Screens translate by the code. */
const sentences: Readonly<Record<string, (data: Data) => string>> = {
  matches: () => 'Chosen for this action.',
  notUsedInPeriod: () => 'Did not use it in the period.',
  givesBack: () => 'Gets back what the run took.',
  protected: (data) => `Protected: ${protections[data.by ?? ''] ?? 'may not be acted on'}.`,
  exempt: (data) => `Exempt${data.by === 'account' ? '' : ` by ${data.by ?? ''} ${data.label ?? ''}`}: ${data.reason ?? ''} (${data.owner ?? ''}${data.endsOn == null ? '' : `, until ${data.endsOn}`}).`,
  managedByIdp: (data) => (groupNames(data) === '' ? 'An identity provider manages this; change it there.' : `An identity provider manages ${groupNames(data)}: take it away there. It is in the removal file.`),
  noAccess: () => 'Has no access to take away.',
  alreadyHasAccess: () => 'Has access already.',
  alreadySo: () => 'Was so already; nothing had to be done.',
  alreadyMember: () => 'Is in the group already.',
  alreadySuspended: () => 'Is suspended already.',
  notSuspended: () => 'Is not suspended.',
  notActive: () => 'The account is deactivated or waits for deletion.',
  notInDirectory: () => 'Is in no directory that the key may administer.',
  notMember: () => 'Is not in the group.',
  otherDirectory: () => 'Is in another directory than the group.',
  grantsAdministration: () => 'The group grants administration: give that by hand.',
  activityUnknown: () => 'Whether the app is used is unknown: nobody is taken away on a guess.',
  clockStartedInPeriod: (data) => `Was added, granted access or reactivated within the period${data.clockOn == null ? '' : ` (${data.clockOn})`}.`,
  wouldCutAppInUse: () => 'It would also cut an app that is in use, or whose use is unknown.',
  serviceAccount: () => 'Looks like a service account: programs may depend on it.',
  accountGone: () => 'The account is not there any more.',
  groupGone: () => 'The group is not there any more.',
  cannotBeGivenBack: () => 'Cannot be given back: the person must be invited again.',
  deactivatedSince: () => 'The account is deactivated or waits for deletion: nothing is given back to it. Activate it first, then undo again.',
  becameAdministrator: () => 'Became an administrator since the plan was made.',
  exemptedSince: () => 'Was exempted since the plan was made.',
  activeSince: (data) => `Was active on ${data.on ?? 'a day'} since the plan was made.`,
  accessGrantedSince: (data) => `Was given access since the plan was made (${groupNames(data)}).`,
  pathNotRemovable: () => 'Atlassian infers the access from something else; it cannot be taken away by itself.',
  cannotRecheck: () => 'The vendor did not say what the person holds now; nothing was changed.',
  notVerified: () => 'The vendor accepted the change, but a re-read does not show it.',
  cannotVerify: () => 'The vendor accepted the change, but could not be asked whether it is so.',
  answerLost: () => 'The answer was lost and the vendor cannot say whether the change took effect. Re-check it, or settle it by hand.',
  rateLimited: () => 'Waits for the vendor’s rate limit.',
  transient: () => 'The vendor could not be reached or answered with an error of its own.',
  auth: () => 'The vendor refuses the key.',
  scope: () => 'The key lacks a scope that this needs.',
  forbidden: () => 'The vendor does not allow this.',
  rejected: () => 'The vendor refused the change.',
  quota: () => 'A licence or user limit is in the way.',
  unsupported: () => 'The vendor does not offer this here.',
  drifted: () => 'What is there is not what was planned.',
  bug: () => 'The vendor calls the request malformed. Please report this.',
  runCancelled: () => 'The run was cancelled before this person.',
  settledByHand: (data) => (data.by === undefined ? 'Settled by hand.' : `Settled by hand by ${data.by}: ${data.note ?? ''}`),
};

/** The codes that have a sentence, for the translation catalogue's test. */
export const reasonCodes: readonly string[] = Object.keys(sentences);

/** A reason as code and English sentence. Unknown data never fails: the sentence then says less. */
export function reasonSentence(code: string, data: unknown): { code: string; text: string; data?: Record<string, unknown> } {
  const parsed = reasonData.safeParse(data ?? {});
  const facts = parsed.success ? parsed.data : {};
  const text = sentences[code]?.(facts) ?? code;
  return data === null || data === undefined || !parsed.success ? { code, text } : { code, text, data: { ...facts } };
}

const effectShape = z.object({ code: z.string(), app: z.string().optional(), site: z.string().optional(), inUse: z.boolean().optional(), lastOn: z.string().nullish(), lastKind: z.string().optional(), group: z.string().nullish(), directory: z.string().nullish() });

/** What else a row brings with it, as a sentence. */
export function effectSentence(effect: unknown): { code: string; text: string; data?: Record<string, unknown> } {
  const parsed = effectShape.safeParse(effect);
  if (!parsed.success) return { code: 'other', text: 'Something else changes with it.' };
  const { code, app, site, inUse, lastOn, lastKind, group, directory } = parsed.data;
  const name = `${appTitle(app ?? '')} on ${site ?? ''}`;
  const last = lastKind === 'at' ? `last active ${lastOn ?? ''}` : lastKind === 'never' ? 'never accessed' : 'last activity unknown';
  const texts: Readonly<Record<string, string>> = {
    losesApp: `Also loses ${name} (${last}${inUse === true ? ', in use' : ''}).`,
    losesHiddenApp: `Also loses an app outside your sites${inUse === true ? ' that is in use' : ''}.`,
    gainsApp: `Gets ${name} and takes a seat there.`,
    mustBeInvitedAgain: 'Must be invited again to come back; groups and roles are lost.',
    takesSeatsAgain: 'Takes the seats of the apps again.',
    cannotBeGivenBack: `Membership of ${directory ?? 'the directory'} cannot be given back: invite the person again.`,
    groupGone: `The group ${group ?? ''} is not there any more.`,
    managedByIdp: `The group ${group ?? ''} belongs to an identity provider: give it back there.`,
  };
  return { code, text: texts[code] ?? code, data: parsed.data };
}

const callShape = z.object({ verb: z.string(), groupName: z.string().optional(), role: z.string().optional(), app: z.string().optional(), site: z.string().optional(), directoryName: z.string().optional() });

/** A call in words: what is done at the vendor, with the names in the sentence for screens that say it in another language. */
export function callSentence(call: unknown): PlanItemCall {
  const { verb, groupName, role, app, site, directoryName } = callShape.parse(call);
  const place = `${appTitle(app ?? '')} on ${site ?? ''}`;
  const texts: Readonly<Record<string, string>> = {
    removeFromGroup: `Remove from the group ${groupName ?? ''}`,
    addToGroup: `Add to the group ${groupName ?? ''}`,
    revokeRole: `Revoke the direct role ${role ?? ''} for ${place}`,
    assignRole: `Assign the role ${role ?? ''} for ${place}`,
    suspendAccess: `Suspend access in ${directoryName ?? ''}`,
    restoreAccess: `Restore access in ${directoryName ?? ''}`,
    removeFromDirectory: `Remove from ${directoryName ?? ''}`,
  };
  const names = { group: groupName, role, app, site, directory: directoryName };
  return { verb, text: texts[verb] ?? verb, data: Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined)) };
}
