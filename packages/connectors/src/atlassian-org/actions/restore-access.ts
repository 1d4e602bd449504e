import { defineAction } from '../../kit/actions/define-action.ts';
import { noParams } from './params.ts';

/** Groups and roles were never taken: the vendor brings them back by itself. */
export const restoreAccess = defineAction({
  verb: 'restore-access',
  title: 'Restore access',
  summary: 'Gives a suspended account its access back, with the groups and roles it kept.',
  params: noParams,
  risk: 'reversible',
  direction: 'gives',
  undo: 'suspend-access',
  calls: ['restoreAccess'],
  warning: 'Each restored account takes its seats again, and billing for it resumes.',
  sources: ['atlassian-org'],
});
