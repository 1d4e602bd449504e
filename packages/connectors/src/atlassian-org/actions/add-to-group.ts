import { defineAction } from '../../kit/actions/define-action.ts';
import { groupParams } from './params.ts';

/** A group that grants administration is never added to in bulk: the plan refuses it. */
export const addToGroup = defineAction({
  verb: 'add-to-group',
  title: 'Add to group',
  summary: 'Makes an account a member of a group.',
  params: groupParams,
  risk: 'reversible',
  direction: 'gives',
  undo: 'remove-from-group',
  calls: ['addToGroup'],
  warning: 'Membership gives whatever the group grants: each app takes a seat.',
  sources: ['atlassian-org'],
});
