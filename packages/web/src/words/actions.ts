import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What can be done to an account; the words are Atlassian's. */
export const actionVerbWords = ['remove-app-access', 'grant-app-access', 'suspend-access', 'restore-access', 'add-to-group', 'remove-from-group', 'remove-from-organisation'] as const;
export type ActionVerb = (typeof actionVerbWords)[number];

export const actionNames: Readonly<Record<ActionVerb, MessageDescriptor>> = {
  'remove-app-access': msg`Remove app access`,
  'grant-app-access': msg`Grant app access`,
  'suspend-access': msg`Suspend access`,
  'restore-access': msg`Restore access`,
  'add-to-group': msg`Add to group`,
  'remove-from-group': msg`Remove from group`,
  'remove-from-organisation': msg`Remove from the organisation`,
};
