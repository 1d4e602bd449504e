import type { Answer } from '../../http/answer.ts';
import { noContent, ok } from '../../http/answer.ts';
import { bodyArguments, limitOf, queryArguments } from '../../http/arguments.ts';
import type { Operation, OrgCall } from '../../http/call.ts';
import { applicationError } from '../../http/envelopes.ts';
import { slicePage } from '../../http/page.ts';
import { indexOf } from '../../world/world.ts';
import { groupOf, refusalOf } from './groups.ts';
import { exceedsSeats } from './seats.ts';

const unknownGroup = (): Answer => applicationError('ADMIN-UAM-404-3', 'Group not found');
const unknownUser = (): Answer => applicationError('ADMIN-UAM-404-1', 'One or more user not found in the directory');

function addMember(call: OrgCall): Answer {
  const group = groupOf(call);
  if (group === undefined) return unknownGroup();
  const refusal = refusalOf(call, group);
  if (refusal !== undefined) return refusal;
  const { world, truth, changes } = call.org;
  const id = bodyArguments(call.body).string('accountId');
  if (id === undefined) return applicationError('ADMIN-UAM-400-1', 'accountId is required');
  const index = indexOf(world, id);
  if (index === undefined || truth.membership(group.directory, index) === 'no_membership') return unknownUser();
  if (truth.accountStatus(index) !== 'active') return applicationError('ADMIN-UAM-400-2', 'The user is inactive');
  if (group.members.has(index) && call.state.settings.readdMember === 409) return applicationError('ADMIN-UAM-409-2', 'The user is already a member of the group');
  if (!group.members.has(index) && exceedsSeats(call.org, index, group.grants)) return applicationError('ADMIN-UAM-409-3', 'The product has reached its user limit');
  changes.setMember(call.cause, group, index, true);
  return noContent;
}

function removeMember(call: OrgCall): Answer {
  const group = groupOf(call);
  if (group === undefined) return unknownGroup();
  const refusal = refusalOf(call, group);
  if (refusal !== undefined) return refusal;
  const index = indexOf(call.org.world, call.params['accountId'] ?? '');
  if (index === undefined || !group.members.has(index)) return unknownUser();
  call.org.changes.setMember(call.cause, group, index, false);
  return noContent;
}

function groupRoles(call: OrgCall): Answer {
  const group = groupOf(call);
  if (group === undefined) return unknownGroup();
  const given = queryArguments(call.query);
  const only = { resourceIds: given.strings('resourceIds'), resourceOwners: given.strings('resourceOwners'), roleIds: given.strings('roleIds') };
  const byResource = new Map<string, string[]>();
  for (const grant of group.grants) byResource.set(grant.resource, [...(byResource.get(grant.resource) ?? []), grant.role]);
  const lines = [...byResource].map(([resourceId, roles]) => ({ resourceId, resourceOwner: resourceId.split(':')[2] ?? '', roles })).filter((line) => (only.resourceIds?.includes(line.resourceId) ?? true)
    && (only.resourceOwners?.includes(line.resourceOwner) ?? true) && (only.roleIds?.some((role) => line.roles.includes(role)) ?? true));
  const page = slicePage(call, `group-roles-${group.id}`, given.string('cursor'), lines, limitOf(given.integer('limit'), 20, 100, 'reject'));
  if (page === undefined) return applicationError('ADMIN-400-1', 'The cursor is not valid');
  return ok({ data: page.data, links: { self: given.string('cursor') ?? '', prev: null, next: page.next } });
}

const groupRoleIds: ReadonlySet<string> = new Set(['atlassian/user', 'atlassian/user-access-admin', 'atlassian/admin', 'atlassian/guest', 'atlassian/contributor', 'atlassian/customer', 'atlassian/basic', 'atlassian/stakeholder', 'atlassian/viewer']);

function setGroupRole(call: OrgCall, present: boolean): Answer {
  const group = groupOf(call);
  if (group === undefined) return unknownGroup();
  const given = bodyArguments(call.body);
  const resourceId = given.string('resourceId');
  const roleId = given.string('roleId');
  if (resourceId === undefined || roleId === undefined) return applicationError('ADMIN-400-24', 'resourceId and roleId are required');
  if (!call.org.world.organisation.resources.some((resource) => resource.ari === resourceId)) return applicationError('ADMIN-UAM-404-1', 'Resource not found');
  if (!groupRoleIds.has(roleId)) return applicationError('ADMIN-UAM-400-3', `${roleId} is not a role of this resource`);
  call.org.changes.setGroupGrant(call.cause, group, { resource: resourceId, role: roleId }, present);
  return noContent;
}

const base = '/v2/orgs/{orgId}/directories/{directoryId}/groups/{groupId}';

/** Members and roles of a group. */
export const groupMemberOperations: readonly Operation[] = [
  { family: 'org', name: 'memberships.add', method: 'POST', path: `${base}/memberships`, write: true, access: 'owner', handle: addMember },
  { family: 'org', name: 'memberships.remove', method: 'DELETE', path: `${base}/memberships/{accountId}`, write: true, access: 'owner', handle: removeMember },
  { family: 'org', name: 'groupRoles.list', method: 'GET', path: `${base}/role-assignments`, write: false, access: 'public', handle: groupRoles },
  { family: 'org', name: 'groupRoles.assign', method: 'POST', path: `${base}/role-assignments/assign`, write: true, access: 'owner', handle: (call) => setGroupRole(call, true) },
  { family: 'org', name: 'groupRoles.revoke', method: 'POST', path: `${base}/role-assignments/revoke`, write: true, access: 'owner', handle: (call) => setGroupRole(call, false) },
];
