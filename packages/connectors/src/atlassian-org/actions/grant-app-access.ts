import { defineAction } from '../../kit/actions/define-action.ts';
import { appParams } from './params.ts';

/** Also how an undo gives back exactly the groups and roles that were taken. */
export const grantAppAccess = defineAction({
  verb: 'grant-app-access',
  title: 'Grant app access',
  summary: 'Gives an account access to an app again, by the groups and roles that were taken, or by the default group of the app.',
  params: appParams,
  risk: 'reversible',
  direction: 'gives',
  undo: 'remove-app-access',
  calls: ['addToGroup', 'assignRole'],
  warning: 'Each account takes a seat of the app. A group can grant more than one app.',
  sources: ['atlassian-org'],
});
