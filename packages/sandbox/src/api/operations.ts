import type { Operation } from '../http/call.ts';
import { managementOperations } from './user-management/manage.ts';
import { v1UserOperations } from './v1/directory-users.ts';
import { v1OrganisationOperations } from './v1/organisations.ts';
import { groupMemberOperations } from './v2/group-members.ts';
import { groupOperations } from './v2/groups.ts';
import { organisationOperations } from './v2/organisation.ts';
import { userListOperations } from './v2/user-list.ts';
import { userStateOperations } from './v2/user-state.ts';

/** Every operation the sandbox answers. Paths are relative to `/admin`, those of the user management API to the root. */
export const operations: readonly Operation[] = [
  ...v1OrganisationOperations, ...v1UserOperations, ...organisationOperations, ...userListOperations,
  ...userStateOperations, ...groupOperations, ...groupMemberOperations, ...managementOperations,
];
