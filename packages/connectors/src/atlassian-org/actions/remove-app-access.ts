import { defineAction } from '../../kit/actions/define-action.ts';
import { appParams } from './params.ts';

/** All paths or none: a row with a path that an identity provider owns is skipped whole, since half a removal leaves the seat taken. */
export const removeAppAccess = defineAction({
  verb: 'remove-app-access',
  title: 'Remove app access',
  summary: 'Takes every way by which an account has access to an app: group memberships and roles of its own.',
  params: appParams,
  risk: 'reversible',
  direction: 'takes',
  undo: 'grant-app-access',
  calls: ['removeFromGroup', 'revokeRole'],
  warning: 'A group can grant more than one app: what else is lost is named in the plan. Access that Atlassian gives again by itself at the next sign-in comes back.',
  sources: ['atlassian-org'],
});
