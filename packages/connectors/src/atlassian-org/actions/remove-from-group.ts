import { defineAction } from '../../kit/actions/define-action.ts';
import { groupParams } from './params.ts';

/** Groups that an identity provider synchronises refuse this: such rows go to the removal file. */
export const removeFromGroup = defineAction({
  verb: 'remove-from-group',
  title: 'Remove from group',
  summary: 'Ends the membership of an account in a group.',
  params: groupParams,
  risk: 'reversible',
  direction: 'takes',
  undo: 'add-to-group',
  calls: ['removeFromGroup'],
  warning: 'The account loses whatever the group alone grants: those apps are named in the plan.',
  sources: ['atlassian-org'],
});
