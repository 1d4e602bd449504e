import type { AnyAction } from '../../kit/actions/define-action.ts';
import { addToGroup } from './add-to-group.ts';
import { grantAppAccess } from './grant-app-access.ts';
import { removeAppAccess } from './remove-app-access.ts';
import { removeFromGroup } from './remove-from-group.ts';
import { removeFromOrganisation } from './remove-from-organisation.ts';
import { restoreAccess } from './restore-access.ts';
import { suspendAccess } from './suspend-access.ts';

/** Everything that can be done to accounts of a Cloud organisation, in the order in which screens offer it. */
export const atlassianOrgActions = [
  removeAppAccess,
  grantAppAccess,
  suspendAccess,
  restoreAccess,
  addToGroup,
  removeFromGroup,
  removeFromOrganisation,
] as const satisfies readonly AnyAction[];
