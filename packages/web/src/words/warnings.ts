import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ActionVerb } from './actions.ts';

/** What to know before an action is applied. */
export const actionWarnings: Readonly<Record<ActionVerb, MessageDescriptor>> = {
  'remove-app-access': msg`A group can grant more than one app: what else is lost is named in the plan. Access that Atlassian gives again by itself at the next sign-in comes back.`,
  'grant-app-access': msg`Each account takes a seat of the app. A group can grant more than one app.`,
  'suspend-access': msg`Suspending is not for one app: it cuts every app on every site of the directory. Accounts of an identity provider can be suspended too.`,
  'restore-access': msg`Each restored account takes its seats again, and billing for it resumes.`,
  'add-to-group': msg`Membership gives whatever the group grants: each app takes a seat.`,
  'remove-from-group': msg`The account loses whatever the group alone grants: those apps are named in the plan.`,
  'remove-from-organisation': msg`This cannot be undone: the person must be invited again and be given every group and role again. Suspend access instead if you may want them back.`,
};
