import type { Answer } from '../../http/answer.ts';
import { noContent, ok } from '../../http/answer.ts';
import { bodyArguments } from '../../http/arguments.ts';
import type { Operation, OrgCall } from '../../http/call.ts';
import { applicationError } from '../../http/envelopes.ts';
import { indexOf } from '../../world/world.ts';
import { exceedsSeats } from '../v2/seats.ts';

const unknownUser = (): Answer => applicationError('ADMIN-404-8', 'User not found');

function iso(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}

/** The account of the path when this organisation knows it: a member of a directory, or managed. */
function knownUser(call: OrgCall, id: string): number | undefined {
  const { world, truth } = call.org;
  const index = indexOf(world, id);
  return index !== undefined && (world.managed[index] === 1 || truth.overallMembership(index) !== 'no_membership') ? index : undefined;
}

/** Apps without activity are missing from the list. */
function lastActiveDates(call: OrgCall): Answer {
  const { world, reader } = call.org;
  const index = knownUser(call, call.params['accountId'] ?? '');
  if (index === undefined) return unknownUser();
  const access = world.organisation.resources.flatMap((resource) => {
    const at = reader.lastActive(resource.index, index);
    if (at === 0 || !reader.hasAccess(resource.ari, index)) return [];
    return [{ id: resource.ari, key: resource.app.lastActiveKey, last_active: iso(at).slice(0, 10), last_active_timestamp: iso(at) }];
  });
  const added = iso(world.addedToOrg[index] ?? 0);
  return ok({ data: { product_access: access, added_to_org: added.slice(0, 10), added_to_org_timestamp: added }, links: {} });
}

const orgAdmin = 'atlassian/org-admin';
const siteRoles: ReadonlySet<string> = new Set(['atlassian/site-admin', 'atlassian/user-access-admin']);
const appRoles: ReadonlySet<string> = new Set(['atlassian/user', 'atlassian/admin', 'atlassian/guest', 'atlassian/customer', 'atlassian/user-access-admin', 'atlassian/contributor', 'atlassian/basic', 'atlassian/stakeholder', 'atlassian/viewer']);

/** A role on an app or site. Revoking touches the direct role only; access by a group stays (unconfirmed at the vendor, see DIFFERENCES.md). */
function setRole(call: OrgCall, present: boolean): Answer {
  const { world, changes } = call.org;
  const given = bodyArguments(call.body);
  const role = given.string('role');
  const resource = given.string('resource');
  const index = knownUser(call, call.params['userId'] ?? '');
  if (role === undefined) return applicationError('ADMIN-400-24', 'role is required');
  if (index === undefined) return unknownUser();
  if (role === orgAdmin) return setOrgAdmin(call, index, present);
  if (resource === undefined) return applicationError('ADMIN-400-24', 'resource is required');
  const isApp = world.organisation.resources.some((candidate) => candidate.ari === resource);
  const isSite = world.organisation.sites.some((site) => site.platformAri === resource);
  if (!isApp && !isSite) return applicationError('ADMIN-404-1', 'Unknown Resource');
  if (!(isApp ? appRoles : siteRoles).has(role)) return applicationError('ADMIN-UAM-400-3', `${role} is not a role of this resource`);
  if (present && exceedsSeats(call.org, index, [{ resource, role }])) return applicationError('ADMIN-409-3', 'The product has reached its user limit');
  changes.setDirectRole(call.cause, resource, role, index, present);
  return noContent;
}

function setOrgAdmin(call: OrgCall, index: number, present: boolean): Answer {
  call.org.changes.setOrgAdmin(call.cause, index, present);
  return noContent;
}

function setOrgRole(call: OrgCall, present: boolean): Answer {
  const index = knownUser(call, call.params['userId'] ?? '');
  if (bodyArguments(call.body).string('role') !== orgAdmin) return applicationError('ADMIN-400-24', 'role must be atlassian/org-admin');
  return index === undefined ? unknownUser() : setOrgAdmin(call, index, present);
}

const base = '/v1/orgs/{orgId}/users/{userId}';

/** Last active dates, and roles of one user. */
export const v1UserOperations: readonly Operation[] = [
  { family: 'org', name: 'lastActiveDates.get', method: 'GET', path: '/v1/orgs/{orgId}/directory/users/{accountId}/last-active-dates', write: false, access: 'owner', rateGroup: 'lastActiveDates', handle: lastActiveDates },
  { family: 'org', name: 'userRoles.assign', method: 'POST', path: `${base}/roles/assign`, write: true, access: 'owner', handle: (call) => setRole(call, true) },
  { family: 'org', name: 'userRoles.revoke', method: 'POST', path: `${base}/roles/revoke`, write: true, access: 'owner', handle: (call) => setRole(call, false) },
  { family: 'org', name: 'orgRoles.assign', method: 'POST', path: `${base}/role-assignments/assign`, write: true, access: 'owner', handle: (call) => setOrgRole(call, true) },
  { family: 'org', name: 'orgRoles.revoke', method: 'POST', path: `${base}/role-assignments/revoke`, write: true, access: 'owner', handle: (call) => setOrgRole(call, false) },
];
