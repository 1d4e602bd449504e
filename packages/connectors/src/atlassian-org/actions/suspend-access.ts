import { defineAction } from '../../kit/actions/define-action.ts';
import { noParams } from './params.ts';

/** Per directory: in an organisation with one directory that is everything, in an original one it is one site. */
export const suspendAccess = defineAction({
  verb: 'suspend-access',
  title: 'Suspend access',
  summary: 'Cuts an account off from every app of its directory. Its groups and roles stay, and it takes no seat.',
  params: noParams,
  risk: 'reversible',
  direction: 'takes',
  undo: 'restore-access',
  calls: ['suspendAccess'],
  warning: 'Suspending is not for one app: it cuts every app on every site of the directory. Accounts of an identity provider can be suspended too.',
  sources: ['atlassian-org'],
});
