import type { VendorRequest } from '../kit/connector.ts';
import type { AtlassianOrgSettings } from './settings.ts';

type Settings = Pick<AtlassianOrgSettings, 'organisationId'>;
const part = encodeURIComponent;

/** Every directory that the key may administer; documented for reads, never used for writes. */
export const anyDirectory = '-';

/** Rate limits are counted by endpoint group; only that of last-active-dates is published. */
type Budget = 'org' | 'search' | 'users' | 'groups' | 'roles' | 'managedAccounts' | 'lastActiveDates' | 'writes';

type Fits = NonNullable<VendorRequest['fits']>;
const dataOf = (body: unknown): unknown => (typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined);
const isList: Fits = (body) => Array.isArray(dataOf(body));
const isOne: Fits = (body) => {
  const data = dataOf(body);
  return typeof data === 'object' && data !== null && !Array.isArray(data);
};

function get(operation: string, budget: Budget, path: string, query: VendorRequest['query'] = {}, fits: Fits = isList): VendorRequest {
  return { operation, budget, method: 'GET', path: `/admin${path}`, query, write: false, fits };
}

/** A search: POST, but it changes nothing, so that it may be repeated. */
function search(operation: string, budget: Budget, path: string, body: unknown): VendorRequest {
  return { operation, budget, method: 'POST', path: `/admin${path}`, body, write: false, fits: isList };
}

function write(operation: string, method: 'POST' | 'DELETE', path: string, body?: unknown): VendorRequest {
  return { operation, budget: 'writes', method, path: `/admin${path}`, ...(body === undefined ? {} : { body }), write: true };
}

function cursorQuery(cursor: string | null, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return cursor === null ? { ...more } : { ...more, cursor };
}

/** The requests of the organisation API, by operation. Nothing here decides anything. */
export function requestsOf(settings: Settings) {
  const v1 = `/v1/orgs/${part(settings.organisationId)}`;
  const v2 = `/v2/orgs/${part(settings.organisationId)}`;
  const inDirectory = (directoryId: string): string => `${v2}/directories/${part(directoryId)}`;
  return {
    organisations: (cursor: string | null) => get('orgs.list', 'org', '/v1/orgs', cursorQuery(cursor)),
    organisation: () => get('orgs.get', 'org', v1, {}, isOne),
    domains: () => get('domains.list', 'org', `${v1}/domains`),
    directories: (cursor: string | null, more: Readonly<Record<string, string>> = {}) =>
      get('directories.list', 'org', `${v2}/directories`, cursorQuery(cursor, more)),
    // With a cursor no other property may be in the body.
    workspaces: (cursor: string | null) => search('workspaces.search', 'org', `${v2}/workspaces`, cursor === null ? { limit: 100 } : { cursor }),

    searchUsers: (directoryId: string, body: Readonly<Record<string, unknown>>) =>
      search('users.search', 'search', `${inDirectory(directoryId)}/users/search`, body),
    listUsers: (directoryId: string, query: NonNullable<VendorRequest['query']>) => get('users.list', 'users', `${inDirectory(directoryId)}/users`, query),
    user: (directoryId: string, accountId: string) => get('users.get', 'users', `${inDirectory(directoryId)}/users/${part(accountId)}`, {}, isOne),
    userRoles: (accountId: string, cursor: string | null) =>
      get('users.roleAssignments', 'roles', `${inDirectory(anyDirectory)}/users/${part(accountId)}/role-assignments`, cursorQuery(cursor, { limit: '100' })),
    lastActiveDates: (accountId: string, cursor: string | null) =>
      get('users.lastActiveDates', 'lastActiveDates', `${v1}/directory/users/${part(accountId)}/last-active-dates`, cursorQuery(cursor), isOne),
    managedAccounts: (cursor: string | null) => get('managedAccounts.list', 'managedAccounts', `${v1}/users`, cursorQuery(cursor)),

    searchGroups: (directoryId: string, body: Readonly<Record<string, unknown>>) =>
      search('groups.search', 'groups', `${inDirectory(directoryId)}/groups/search`, body),
    listGroups: (directoryId: string, query: NonNullable<VendorRequest['query']>) => get('groups.list', 'groups', `${inDirectory(directoryId)}/groups`, query),
    groupRoles: (groupId: string, cursor: string | null) =>
      get('groups.roleAssignments', 'groups', `${inDirectory(anyDirectory)}/groups/${part(groupId)}/role-assignments`, cursorQuery(cursor, { limit: '100' })),

    addMember: (directoryId: string, groupId: string, accountId: string) =>
      write('memberships.add', 'POST', `${inDirectory(directoryId)}/groups/${part(groupId)}/memberships`, { accountId }),
    removeMember: (directoryId: string, groupId: string, accountId: string) =>
      write('memberships.remove', 'DELETE', `${inDirectory(directoryId)}/groups/${part(groupId)}/memberships/${part(accountId)}`),
    changeRole: (change: 'assign' | 'revoke', accountId: string, role: string, resource: string) =>
      write(`roles.${change}`, 'POST', `${v1}/users/${part(accountId)}/roles/${change}`, { role, resource }),
    suspend: (directoryId: string, accountId: string) => write('users.suspend', 'POST', `${inDirectory(directoryId)}/users/${part(accountId)}/suspend`),
    restore: (directoryId: string, accountId: string) => write('users.restore', 'POST', `${inDirectory(directoryId)}/users/${part(accountId)}/restore`),
    remove: (directoryId: string, accountId: string) => write('users.remove', 'DELETE', `${inDirectory(directoryId)}/users/${part(accountId)}`),
  };
}
