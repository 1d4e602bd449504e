import type { Call, CallVerb, ConnectorContext, Page, SourceRecord } from '@rollcall/connectors/kit';
import type { Sandbox, TrueAccount } from '@rollcall/sandbox';
import { atlassianOrg } from '../../src/atlassian-org/index.ts';
import type { AtlassianOrgSettings } from '../../src/atlassian-org/index.ts';
import { asVendorId } from '../../src/atlassian-org/vendor-id.ts';

export type Context = ConnectorContext<AtlassianOrgSettings>;

/** A reading that the host would end: the same page token twice. */
export class EndlessReading extends Error {}

export type Class = 'read' | 'test' | 'observe' | 'verify' | 'write';

/** One thing that the server has a connector do. `strikes`: the operation of the sandbox that goes wrong while it is done. */
export interface Operation {
  readonly name: string;
  readonly class: Class;
  readonly strikes: string;
  /** Resolves with what came of it, in a form that can be compared. */
  readonly perform: (context: Context, world: Cast) => Promise<unknown>;
}

/** Whom and what the operations are about, in a world of the seed used here. */
export interface Cast {
  readonly sandbox: Sandbox;
  readonly account: TrueAccount;
  readonly directoryId: string;
  /** A group of the account, not of an identity provider, and one it is not in. */
  readonly groupId: string;
  readonly otherGroupId: string;
  /** A direct role that the account holds, and an app it does not hold. */
  readonly role: { readonly resourceId: string; readonly role: string };
  readonly otherResourceId: string;
}

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the world has no ${what}`);
  return value;
}

/** An ordinary person with an own group and a direct role. */
export function castOf(sandbox: Sandbox): Cast {
  const direct = (one: TrueAccount): boolean => one.access.some((access) => access.paths.some((path) => path.kind === 'direct'));
  const account = need([...sandbox.truth.accounts()].find((one) => one.kind === 'person' && one.status === 'active' && one.platformRoles.length === 0 && direct(one) && one.groups.some((group) => !group.external)), 'such person');
  const access = need(account.access.find((one) => one.paths.some((path) => path.kind === 'direct')), 'direct role');
  const own = new Set(account.groups.map((group) => group.id));
  const otherResourceId = need(sandbox.organisation.resources.find((resource) => !account.access.some((one) => one.resourceId === resource.ari && one.hasAccess)), 'other app').ari;
  return {
    sandbox,
    account,
    directoryId: need(account.directories.find((one) => one.membership === 'active'), 'directory').directoryId,
    groupId: need(account.groups.find((group) => !group.external), 'own group').id,
    otherGroupId: need(sandbox.world.groups.find((group) => !own.has(group.id) && !group.external && group.grants.some((grant) => grant.resource === otherResourceId && grant.role === 'atlassian/user')), 'other group').id,
    role: { resourceId: access.resourceId, role: need(access.paths.find((path) => path.kind === 'direct'), 'direct role').role },
    otherResourceId,
  };
}

/** Reads as the host does, to the end of every page; sorted, since a list that shifts may come in another order. */
async function readAll(context: Context, step: string, scope: string): Promise<string[]> {
  const records: SourceRecord[] = [];
  const seen = new Set<string>();
  let token: string | null = null;
  do {
    const page: Page = await atlassianOrg.read(context, step, scope, token);
    records.push(...page.records);
    token = page.next;
    if (token !== null && seen.has(token)) throw new EndlessReading(`${step} never ends`);
    if (token !== null) seen.add(token);
  } while (token !== null);
  return [...new Set(records.map((record) => JSON.stringify(record)))].toSorted();
}

function reads(name: string, strikes: string, scopeOf: (world: Cast) => string = () => ''): Operation {
  return { name: `read ${name}`, class: 'read', strikes, perform: (context, world) => readAll(context, name, scopeOf(world)) };
}

function observes(strikes: string): Operation {
  return {
    name: `observe (${strikes})`,
    class: 'observe',
    strikes,
    perform: async (context, { account }) => {
      const { readAt: _readAt, ...seen } = await atlassianOrg.observe(context, account.accountId);
      return seen;
    },
  };
}

/** Calls that have an effect in this world, by verb. */
function callOf(world: Cast, verb: CallVerb): Call {
  const directoryId = asVendorId(world.directoryId);
  switch (verb) {
    case 'removeFromGroup':
      return { verb, directoryId, groupId: asVendorId(world.groupId), groupName: 'g' };
    case 'addToGroup':
      return { verb, directoryId, groupId: asVendorId(world.otherGroupId), groupName: 'g' };
    case 'revokeRole':
      return { verb, resourceId: asVendorId(world.role.resourceId), role: world.role.role, app: 'jira', site: 'acme' };
    case 'assignRole':
      return { verb, resourceId: asVendorId(world.otherResourceId), role: 'atlassian/user', app: 'jira', site: 'acme' };
    case 'suspendAccess':
    case 'restoreAccess':
    case 'removeFromDirectory':
      return { verb, directoryId, directoryName: 'd' };
  }
}

function verifies(verb: CallVerb, strikes: string): Operation {
  return { name: `verify ${verb}`, class: 'verify', strikes, perform: (context, world) => atlassianOrg.look(context, world.account.accountId).stands(callOf(world, verb)) };
}

/** `restoreAccess` restores somebody who is suspended. */
function applies(verb: CallVerb, strikes: string): Operation {
  return {
    name: `apply ${verb}`,
    class: 'write',
    strikes,
    perform: async (context, world) => (await atlassianOrg.apply(context, world.account.accountId, callOf(world, verb))).result,
  };
}

const grantingGroup = (world: Cast): string => need(world.sandbox.world.groups.find((group) => group.grants.length > 0), 'granting group').id;

/** Everything that the server asks of the connector of a Cloud organisation. */
export const operations: readonly Operation[] = [
  reads('directories', 'directories.list'),
  reads('workspaces', 'workspaces.search'),
  reads('groups', 'groups.search', (world) => world.directoryId),
  reads('grants', 'groupRoles.list', grantingGroup),
  reads('accounts', 'users.search', (world) => world.directoryId),
  reads('managedAccounts', 'managedUsers.list'),
  reads('members', 'users.search', (world) => world.groupId),
  reads('missing', 'users.get', (world) => world.account.accountId),
  reads('activity', 'lastActiveDates.get', (world) => world.account.accountId),
  { name: 'test key (orgs.list)', class: 'test', strikes: 'orgs.list', perform: (context) => atlassianOrg.test(context) },
  { name: 'test key (users.search)', class: 'test', strikes: 'users.search', perform: (context) => atlassianOrg.test(context) },
  observes('users.get'),
  observes('users.search'),
  observes('users.roleAssignments'),
  observes('directories.list'),
  verifies('removeFromGroup', 'users.search'),
  verifies('addToGroup', 'users.search'),
  verifies('revokeRole', 'users.roleAssignments'),
  verifies('assignRole', 'users.roleAssignments'),
  verifies('suspendAccess', 'directories.list'),
  verifies('restoreAccess', 'directories.list'),
  verifies('removeFromDirectory', 'users.get'),
  applies('removeFromGroup', 'memberships.remove'),
  applies('addToGroup', 'memberships.add'),
  applies('revokeRole', 'userRoles.revoke'),
  applies('assignRole', 'userRoles.assign'),
  applies('suspendAccess', 'users.suspend'),
  applies('restoreAccess', 'users.restore'),
  applies('removeFromDirectory', 'users.remove'),
];
