import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What can be done to an account; the words are Atlassian's. */
export const actionVerbWords = ['remove-app-access', 'grant-app-access', 'suspend-access', 'restore-access', 'add-to-group', 'remove-from-group', 'remove-from-organisation'] as const;
export type ActionVerb = (typeof actionVerbWords)[number];

/** What an undo takes back, by what it does. */
const undone: Readonly<Record<ActionVerb, ActionVerb>> = {
  'remove-app-access': 'grant-app-access', 'grant-app-access': 'remove-app-access', 'suspend-access': 'restore-access', 'restore-access': 'suspend-access',
  'add-to-group': 'remove-from-group', 'remove-from-group': 'add-to-group', 'remove-from-organisation': 'remove-from-organisation',
};

/** The name of a plan's or run's action; for an undo the name of what it takes back. */
export function actionNameOf({ action, undoOf }: { readonly action: ActionVerb; readonly undoOf: string | null }): MessageDescriptor {
  return actionNames[undoOf === null ? action : undone[action]];
}

export const actionNames: Readonly<Record<ActionVerb, MessageDescriptor>> = {
  'remove-app-access': msg`Remove app access`,
  'grant-app-access': msg`Grant app access`,
  'suspend-access': msg`Suspend access`,
  'restore-access': msg`Restore access`,
  'add-to-group': msg`Add to group`,
  'remove-from-group': msg`Remove from group`,
  'remove-from-organisation': msg`Remove from the organisation`,
};
