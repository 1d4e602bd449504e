import { defineAction } from '../../kit/actions/define-action.ts';
import { noParams } from './params.ts';

/** Claimed accounts stay visible as managed accounts; only their membership of the directory ends. */
export const removeFromOrganisation = defineAction({
  verb: 'remove-from-organisation',
  title: 'Remove from the organisation',
  summary: 'Takes an account out of the directory and of all its groups. It takes no seat any more.',
  params: noParams,
  risk: 'irreversible',
  direction: 'takes',
  undo: null,
  calls: ['removeFromDirectory'],
  warning: 'This cannot be undone: the person must be invited again and be given every group and role again. Suspend access instead if you may want them back.',
  sources: ['atlassian-org'],
});
