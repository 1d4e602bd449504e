import type { Answer } from '../../http/answer.ts';
import { noContent, ok } from '../../http/answer.ts';
import type { Arguments } from '../../http/arguments.ts';
import { bodyArguments, limitOf, queryArguments } from '../../http/arguments.ts';
import type { Operation, OrgCall } from '../../http/call.ts';
import { applicationError } from '../../http/envelopes.ts';
import { slicePage } from '../../http/page.ts';
import type { Group } from '../../world/groups.ts';
import { indexOf } from '../../world/world.ts';
import { directoriesOf } from './user-filter.ts';

const unknownDirectory = (): Answer => applicationError('ADMIN-UAM-404-1', 'Directory not found');
const unknownGroup = (): Answer => applicationError('ADMIN-UAM-404-3', 'Group not found');

/** The visible group of the path, in the directory of the path. */
export function groupOf(call: OrgCall): Group | undefined {
  const directories = directoriesOf(call, undefined);
  return call.org.world.groups.find((group) => group.id === call.params['groupId'] && call.org.reader.isVisibleGroup(group) && directories?.includes(group.directory) === true);
}

/** Refusal to change a group that an identity provider owns, undefined for any other. */
export function refusalOf(call: OrgCall, group: Group): Answer | undefined {
  if (!group.external) return undefined;
  return applicationError(call.state.settings.idpRefusal === 400 ? 'ADMIN-UAM-400-1' : 'ADMIN-UAM-403-1', 'The group is managed by your identity provider. Make the change there.');
}

function renderGroup(call: OrgCall, group: Group, expand: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const counts = { ...(expand.has('counts.users') ? { users: group.members.size } : {}), ...(expand.has('counts.resources') ? { resources: new Set(group.grants.map((grant) => grant.resource)).size } : {}) };
  return {
    id: group.id, name: group.name, description: group.description, directoryId: call.org.world.organisation.directories[group.directory]?.id,
    managementAccess: { deletable: !group.external && !group.isDefault, modifiable: !group.external, readable: true },
    externalSynced: group.external, managedBy: group.managedBy,
    ...(Object.keys(counts).length === 0 ? {} : { counts }),
    links: { self: group.id },
  };
}

function ownerOf(resource: string): string {
  return resource.split(':')[2] ?? '';
}

function matching(call: OrgCall, given: Arguments, names: readonly string[] | undefined): readonly Group[] | undefined {
  const { world, reader } = call.org;
  const directories = directoriesOf(call, given.strings('directoryIds'));
  if (directories === undefined) return undefined;
  const ids = given.strings('groupIds');
  const accounts = given.strings('accountIds')?.map((id) => indexOf(world, id));
  const roles = given.strings('roleIds');
  const owners = given.strings('resourceOwners');
  const resources = given.strings('resourceIds');
  const term = given.string('searchTerm')?.toLowerCase();
  return world.groups.filter((group) => reader.isVisibleGroup(group) && directories.includes(group.directory)
    && (ids?.includes(group.id) ?? true) && (names?.includes(group.name) ?? true)
    && (term === undefined || group.name.toLowerCase().includes(term))
    && (accounts?.some((index) => index !== undefined && reader.isMember(group, index)) ?? true)
    && (roles === undefined && owners === undefined && resources === undefined ? true : group.grants.some((grant) => (roles?.includes(grant.role) ?? true) && (owners?.includes(ownerOf(grant.resource)) ?? true) && (resources?.includes(grant.resource) ?? true))));
}

function listGroups(call: OrgCall, given: Arguments, limit: number, expand: ReadonlySet<string>, names: readonly string[] | undefined): Answer {
  const groups = matching(call, given, names);
  if (groups === undefined) return unknownDirectory();
  const cursor = given.string('cursor');
  const page = slicePage(call, 'groups', cursor, groups, limit);
  if (page === undefined) return applicationError('ADMIN-400-1', 'The cursor is not valid');
  return ok({ data: page.data.map((group) => renderGroup(call, group, expand)), links: { self: cursor ?? '', prev: null, next: page.next } });
}

function searchGroups(call: OrgCall): Answer {
  const given = bodyArguments(call.body);
  const { searchLimitMax, searchLimitPolicy } = call.state.settings;
  return listGroups(call, given, limitOf(given.integer('limit'), 50, searchLimitMax, searchLimitPolicy), new Set(given.strings('expand') ?? []), given.strings('groupNames'));
}

function getGroups(call: OrgCall): Answer {
  const given = queryArguments(call.query);
  const counts = (given.strings('counts') ?? []).map((name) => `counts.${name}`);
  return listGroups(call, given, limitOf(given.integer('limit'), 20, 100, 'reject'), new Set(counts), undefined);
}

function countGroups(call: OrgCall): Answer {
  const groups = matching(call, queryArguments(call.query), undefined);
  return groups === undefined ? unknownDirectory() : ok({ count: groups.length });
}

function groupStats(call: OrgCall): Answer {
  const groups = matching(call, queryArguments(new URLSearchParams()), undefined);
  if (groups === undefined) return unknownDirectory();
  return ok({ data: { total: groups.length, externalSynced: groups.filter((group) => group.external).length, withResources: groups.filter((group) => group.grants.length > 0).length } });
}

function createGroup(call: OrgCall): Answer {
  const { world, changes } = call.org;
  const directory = world.organisation.directories.find((candidate) => candidate.id === call.params['directoryId']);
  const given = bodyArguments(call.body);
  const name = given.string('name')?.trim() ?? '';
  if (directory === undefined) return unknownDirectory();
  if (name === '' || name.length > 255) return applicationError('ADMIN-UAM-400-1', 'name must have 1 to 255 characters');
  if (world.groups.some((group) => !group.deleted && group.directory === directory.index && group.name.toLowerCase() === name.toLowerCase())) return applicationError('ADMIN-UAM-409-2', 'A group with this name exists');
  changes.createGroup(call.cause, directory.index, name, given.string('description') ?? '');
  return { status: 201 };
}

function getGroup(call: OrgCall): Answer {
  const group = groupOf(call);
  return group === undefined ? unknownGroup() : ok({ data: renderGroup(call, group, new Set(['counts.users', 'counts.resources'])) });
}

function deleteGroup(call: OrgCall): Answer {
  const group = groupOf(call);
  if (group === undefined) return unknownGroup();
  const refusal = refusalOf(call, group);
  if (refusal !== undefined) return refusal;
  if (group.isDefault) return applicationError('ADMIN-403-6', null);
  if (group.grants.some((grant) => grant.role.endsWith('admin'))) return applicationError('ADMIN-403-7', null);
  call.org.changes.deleteGroup(call.cause, group);
  return noContent;
}

const base = '/v2/orgs/{orgId}/directories/{directoryId}/groups';

/** Groups of a directory: lists, one, create, delete. */
export const groupOperations: readonly Operation[] = [
  { family: 'org', name: 'groups.search', method: 'POST', path: `${base}/search`, write: false, access: 'public', handle: searchGroups },
  { family: 'org', name: 'groups.list', method: 'GET', path: base, write: false, access: 'public', handle: getGroups },
  { family: 'org', name: 'groups.count', method: 'GET', path: `${base}/count`, write: false, access: 'public', handle: countGroups },
  { family: 'org', name: 'groups.stats', method: 'GET', path: `${base}/stats`, write: false, access: 'public', handle: groupStats },
  { family: 'org', name: 'groups.create', method: 'POST', path: base, write: true, access: 'owner', handle: createGroup },
  { family: 'org', name: 'groups.get', method: 'GET', path: `${base}/{groupId}`, write: false, access: 'public', handle: getGroup },
  { family: 'org', name: 'groups.delete', method: 'DELETE', path: `${base}/{groupId}`, write: true, access: 'owner', handle: deleteGroup },
];
