import type { Answer } from '../../http/answer.ts';
import { noContent, ok } from '../../http/answer.ts';
import { limitOf, queryArguments } from '../../http/arguments.ts';
import type { Operation, OrgCall } from '../../http/call.ts';
import { applicationError } from '../../http/envelopes.ts';
import { slicePage } from '../../http/page.ts';
import type { HeldRole } from '../../world/reader.ts';
import { indexOf } from '../../world/world.ts';
import { renderDetails } from './render-user.ts';
import { directoriesOf } from './user-filter.ts';

const notInDirectory = (): Answer => applicationError('ADMIN-UAM-404-1', 'One or more user not found in the directory');

/** The account of the path, when it is in the directory of the path (or, reading all directories, a managed account outside any). */
function userOf(call: OrgCall): number | undefined {
  const { world, reader } = call.org;
  const index = indexOf(world, call.params['accountId'] ?? '');
  const directories = directoriesOf(call, undefined);
  if (index === undefined || directories === undefined) return undefined;
  const inside = directories.some((directory) => reader.membership(directory, index) !== 'no_membership');
  return inside || (directories.length === world.organisation.directories.length && world.managed[index] === 1) ? index : undefined;
}

function getUser(call: OrgCall): Answer {
  const index = userOf(call);
  return index === undefined ? notInDirectory() : ok({ data: renderDetails(call, index) });
}

type Line = { readonly resourceId: string; readonly resourceOwner: string; readonly roles: readonly string[]; readonly roleAssignments: readonly unknown[]; readonly directoryId: string | null; readonly userDirectoryStatus: string | null };

function lineOf(resourceId: string, resourceOwner: string, held: readonly HeldRole[], directoryId: string | null, status: string | null): Line {
  return {
    resourceId, resourceOwner, roles: held.map(({ role }) => role),
    roleAssignments: held.map(({ role, methods }) => ({ role, roleAssignmentMethods: methods })), directoryId, userDirectoryStatus: status,
  };
}

function roleLines(call: OrgCall, index: number): readonly Line[] {
  const { world, reader } = call.org;
  const { organisation } = world;
  const directories = directoriesOf(call, undefined) ?? [];
  const org: readonly Line[] = world.orgAdmins.has(index) ? [lineOf(organisation.ari, 'platform', [{ role: 'atlassian/org-admin', methods: ['direct'] }], null, null)] : [];
  const sites = organisation.sites.map((site) => lineOf(site.platformAri, 'platform', reader.rolesOn(site.platformAri, index), null, null));
  const apps = organisation.resources.filter((resource) => directories.includes(resource.site.directory)).map((resource) => {
    const directory = organisation.directories[resource.site.directory];
    return lineOf(resource.ari, resource.app.owner, reader.rolesOn(resource.ari, index), directory?.id ?? null, reader.membership(resource.site.directory, index));
  });
  return [...org, ...sites, ...apps].filter((line) => line.roles.length > 0);
}

function roleAssignments(call: OrgCall): Answer {
  const index = userOf(call);
  if (index === undefined) return notInDirectory();
  const given = queryArguments(call.query);
  const only = { resourceIds: given.strings('resourceIds'), resourceOwners: given.strings('resourceOwners'), roleIds: given.strings('roleIds'), directoryIds: given.strings('directoryIds') };
  const lines = roleLines(call, index).filter((line) => (only.resourceIds?.includes(line.resourceId) ?? true)
    && (only.resourceOwners?.includes(line.resourceOwner) ?? true)
    && (only.directoryIds?.includes(line.directoryId ?? '') ?? true)
    && (only.roleIds?.some((role) => line.roles.includes(role)) ?? true));
  const page = slicePage(call, `roles-${index}`, given.string('cursor'), lines, limitOf(given.integer('limit'), 20, 100, 'reject'));
  if (page === undefined) return applicationError('ADMIN-400-1', 'The cursor is not valid');
  return ok({ data: page.data, links: { self: given.string('cursor') ?? '', prev: null, next: page.next } });
}

/** A write needs a real directory that the account is in; `-` is refused. */
function target(call: OrgCall): { readonly directory: number; readonly index: number } | undefined {
  const { world } = call.org;
  const directory = world.organisation.directories.find((candidate) => candidate.id === call.params['directoryId'])?.index;
  const index = indexOf(world, call.params['accountId'] ?? '');
  if (directory === undefined || index === undefined || call.org.truth.membership(directory, index) === 'no_membership') return undefined;
  return { directory, index };
}

function setAccess(call: OrgCall, membership: 'active' | 'suspended'): Answer {
  const found = target(call);
  if (found === undefined) return notInDirectory();
  if (call.org.world.orgAdmins.has(found.index)) return applicationError('ADMIN-UAM-400-1', 'Organization admins cannot be suspended or restored');
  call.org.changes.setMembership(call.cause, found.directory, found.index, membership);
  return noContent;
}

function removeUser(call: OrgCall): Answer {
  const found = target(call);
  if (found === undefined) return notInDirectory();
  if (call.org.world.orgAdmins.has(found.index)) return applicationError('ADMIN-UAM-400-1', 'Organization admins cannot be removed');
  call.org.changes.removeUser(call.cause, found.directory, found.index);
  return noContent;
}

const base = '/v2/orgs/{orgId}/directories/{directoryId}/users/{accountId}';

/** One user of a directory: details, roles, suspend, restore, remove. */
export const userStateOperations: readonly Operation[] = [
  { family: 'org', name: 'users.get', method: 'GET', path: base, write: false, access: 'public', handle: getUser },
  { family: 'org', name: 'users.roleAssignments', method: 'GET', path: `${base}/role-assignments`, write: false, access: 'public', handle: roleAssignments },
  { family: 'org', name: 'users.suspend', method: 'POST', path: `${base}/suspend`, write: true, access: 'owner', handle: (call) => setAccess(call, 'suspended') },
  { family: 'org', name: 'users.restore', method: 'POST', path: `${base}/restore`, write: true, access: 'owner', handle: (call) => setAccess(call, 'active') },
  { family: 'org', name: 'users.remove', method: 'DELETE', path: base, write: true, access: 'owner', handle: removeUser },
];
