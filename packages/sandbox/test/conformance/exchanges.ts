import { operations } from '../../src/index.ts';
import type { Sandbox, TrueAccount } from '../../src/index.ts';
import { at, call } from '../client.ts';
import type { Reply, Request } from '../client.ts';

/** One call of an operation with its answer. */
export type Exchange = { readonly operation: string; readonly method: string; readonly template: string; readonly request: unknown; readonly reply: Reply };

type Ask = (operation: string, params: Readonly<Record<string, string>>, request?: Request & { readonly query?: string }) => Promise<Reply>;

function askerOf(sandbox: Sandbox, seen: Exchange[]): Ask {
  return async (name, params, request = {}) => {
    const operation = operations.find((candidate) => candidate.name === name);
    if (operation === undefined) throw new Error(`no operation ${name}`);
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(params[param] ?? (param === 'orgId' ? sandbox.orgId : param === 'directoryId' ? (sandbox.organisation.directories[0]?.id ?? '') : 'missing')));
    const root = operation.family === 'management' ? '' : '/admin';
    const reply = await call(sandbox, operation.method, `${root}${path}${request.query ?? ''}`, request);
    seen.push({ operation: name, method: operation.method, template: operation.path, request: request.body, reply });
    return reply;
  };
}

const plain = (account: TrueAccount): boolean => account.kind === 'person' && account.status === 'active' && account.platformRoles.length === 0;

async function readings(ask: Ask, sandbox: Sandbox): Promise<void> {
  const someone = [...sandbox.truth.accounts()].find((account) => plain(account) && account.access.some((access) => access.hasAccess && access.lastActive !== null));
  const accountId = someone?.accountId ?? '';
  const groupId = sandbox.world.groups[0]?.id ?? '';
  await ask('orgs.list', {});
  await ask('orgs.get', {});
  await ask('managedUsers.list', {});
  const domains = await ask('domains.list', {});
  await ask('domains.get', { domainId: String(at(domains.json, 'data', 0, 'id')) });
  await ask('domains.get', {});
  await ask('events.list', {});
  await ask('lastActiveDates.get', { accountId });
  await ask('lastActiveDates.get', {});
  await ask('directories.list', {});
  await ask('workspaces.search', {}, { body: { limit: 2, sort: [{ field: 'attributes.type', order: 'asc' }], query: { and: [{ field: { name: 'attributes.status', values: ['online'] } }] } } });
  await ask('users.search', {}, { body: { limit: 100, status: ['active', 'suspended', 'not_invited', 'deactivated', 'for_deletion'], sortBy: [{ field: 'nick_name', direction: 'desc' }], expand: ['platformRoles', 'counts.resources', 'productAccess', 'groups'] } });
  await ask('users.search', { directoryId: '-' }, { body: {} });
  await ask('users.search', {}, { body: { cursor: 'broken' } });
  await ask('users.list', {}, { query: '?limit=100' });
  await ask('users.count', {}, { query: '?status=active&status=suspended' });
  await ask('users.stats', {});
  await ask('users.get', { accountId });
  await ask('users.get', {});
  await ask('users.roleAssignments', { accountId });
  await ask('users.roleAssignments', { accountId: sandbox.keyOwnerAccountId });
  await ask('groups.search', {}, { body: { limit: 100, expand: ['counts.resources', 'counts.users'] } });
  await ask('groups.list', {}, { query: '?limit=100&counts=users' });
  await ask('groups.count', {});
  await ask('groups.stats', {});
  await ask('groups.get', { groupId });
  await ask('groups.get', {});
  await ask('groupRoles.list', { groupId });
}

async function writings(ask: Ask, sandbox: Sandbox): Promise<void> {
  const jira = sandbox.world.groups.find((group) => group.name === 'jira-users-acme');
  const external = sandbox.world.groups.find((group) => group.external);
  const groupId = jira?.id ?? '';
  const accountId = [...sandbox.truth.accounts()].find((account) => plain(account) && account.groups.some((group) => group.id === groupId))?.accountId ?? '';
  const resource = sandbox.organisation.resources[0]?.ari ?? '';
  const spare = [...sandbox.truth.accounts()].findLast((account) => plain(account) && account.accountId !== accountId)?.accountId ?? '';
  await ask('memberships.remove', { groupId, accountId });
  await ask('memberships.remove', { groupId, accountId });
  await ask('memberships.add', { groupId }, { body: { accountId } });
  await ask('memberships.add', { groupId }, { body: { accountId } });
  await ask('memberships.add', { groupId: external?.id ?? '' }, { body: { accountId } });
  await ask('userRoles.assign', { userId: accountId }, { body: { role: 'atlassian/user', resource } });
  await ask('userRoles.revoke', { userId: accountId }, { body: { role: 'atlassian/user', resource } });
  await ask('orgRoles.assign', { userId: accountId }, { body: { role: 'atlassian/org-admin' } });
  await ask('users.suspend', { accountId });
  await ask('orgRoles.revoke', { userId: accountId }, { body: { role: 'atlassian/org-admin' } });
  await ask('users.suspend', { accountId });
  await ask('users.restore', { accountId });
  await ask('users.remove', { accountId: spare });
  await ask('groups.create', {}, { body: { name: 'parking', description: 'A place to park' } });
  await ask('groups.create', {}, { body: { name: 'parking' } });
  const parking = sandbox.world.groups.find((group) => group.name === 'parking')?.id ?? '';
  await ask('groupRoles.assign', { groupId: parking }, { body: { resourceId: resource, roleId: 'atlassian/user' } });
  await ask('groupRoles.revoke', { groupId: parking }, { body: { resourceId: resource, roleId: 'atlassian/user' } });
  await ask('groups.delete', { groupId: parking });
  await ask('groups.delete', { groupId });
  await ask('users.invite', {}, { body: { emails: ['new.person@acme.example'], permissionRules: [{ resource, role: 'atlassian/user' }], additionalGroups: [groupId], sendNotification: false } });
}

async function management(ask: Ask, sandbox: Sandbox): Promise<void> {
  const managed = [...sandbox.truth.accounts()].find((account) => plain(account) && account.managed && !account.synced && account.index % 3 === 2)?.accountId ?? '';
  const synced = [...sandbox.truth.accounts()].find((account) => plain(account) && account.synced)?.accountId ?? '';
  const accountId = managed;
  await ask('manage.get', { accountId });
  await ask('manage.get', { accountId: synced });
  await ask('manage.get', {});
  await ask('profile.get', { accountId });
  await ask('profile.update', { accountId }, { body: { name: 'Renamed', extended_profile: { job_title: 'Pilot' } } });
  await ask('profile.update', { accountId }, { body: { nickname: 'x'.repeat(31) } });
  await ask('profile.update', { accountId: synced }, { body: { name: 'Renamed' } });
  await ask('email.set', { accountId }, { body: { email: 'renamed@acme.example' } });
  await ask('email.set', { accountId }, { body: { email: 'renamed@elsewhere.test' } });
  const tokens = await ask('apiTokens.list', { accountId });
  await ask('apiTokens.delete', { accountId, tokenId: String(at(tokens.json, 0, 'id')) });
  await ask('apiTokens.delete', { accountId });
  await ask('lifecycle.disable', { accountId }, { body: { message: 'On leave' } });
  await ask('lifecycle.disable', { accountId: synced }, { body: {} });
  await ask('lifecycle.enable', { accountId });
  await ask('lifecycle.delete', { accountId });
  await ask('lifecycle.cancelDelete', { accountId });
  await ask('lifecycle.delete', { accountId: synced });
  const administrator = [...sandbox.truth.accounts()].find((account) => account.platformRoles.includes('atlassian/org-admin') && account.accountId !== sandbox.keyOwnerAccountId)?.accountId ?? '';
  await ask('lifecycle.delete', { accountId: administrator });
}

/** Each operation refused: without a key, with a foreign one, and over the rate limit. */
async function refusals(ask: Ask, sandbox: Sandbox): Promise<void> {
  for (const { name, family } of operations) {
    const params = { accountId: sandbox.keyOwnerAccountId, userId: sandbox.keyOwnerAccountId };
    await ask(name, params, { key: 'expired' });
    if (family === 'org') await ask(name, params, { key: 'otherOrg' });
    if (family === 'management') continue;
    sandbox.limiter.configure(name, { limit: 0, windowMs: 60_000 });
    await ask(name, params);
    sandbox.limiter.configure(name, null);
  }
}

/** Plays every operation in its good and its usual bad forms and returns what was said. */
export async function playEverything(sandbox: Sandbox): Promise<readonly Exchange[]> {
  const seen: Exchange[] = [];
  const ask = askerOf(sandbox, seen);
  await readings(ask, sandbox);
  await refusals(ask, sandbox);
  await writings(ask, sandbox);
  await management(ask, sandbox);
  return seen;
}

/** Paths are compared without parameter names. */
export function shapeOfPath(template: string): string {
  return template.replaceAll(/\{\w+\}/g, '{}');
}

