import type { Call } from '@rollcall/connectors/kit';
import type { Sandbox, SandboxOptions, TrueAccount } from '@rollcall/sandbox';
import { describe, expect, test } from 'vitest';
import { atlassianOrg } from '../../src/atlassian-org/index.ts';
import { asVendorId } from '../../src/atlassian-org/vendor-id.ts';
import { failureOf } from '../kit/loopback.ts';
import { contextFor, sandboxFor } from './support.ts';

function find(sandbox: Sandbox, fits: (account: TrueAccount) => boolean): TrueAccount {
  for (const account of sandbox.truth.accounts()) if (account.kind === 'person' && account.status === 'active' && account.platformRoles.length === 0 && fits(account)) return account;
  throw new Error('the world has nobody like that');
}
const directoryOf = (account: TrueAccount) => asVendorId(account.directories.find(({ membership }) => membership === 'active')?.directoryId ?? '');
const ownGroup = (account: TrueAccount) => account.groups.find((group) => !group.external);

function groupCall(account: TrueAccount, verb: 'removeFromGroup' | 'addToGroup'): Extract<Call, { verb: typeof verb }> {
  const group = ownGroup(account) ?? account.groups[0];
  return { verb, directoryId: directoryOf(account), groupId: asVendorId(group?.id ?? ''), groupName: group?.name ?? '' };
}
function placeCall(account: TrueAccount, verb: 'suspendAccess' | 'restoreAccess' | 'removeFromDirectory'): Call {
  return { verb, directoryId: directoryOf(account), directoryName: 'd' };
}

async function world(options: SandboxOptions = {}) {
  const sandbox = await sandboxFor({ users: 120, ...options });
  const { context } = contextFor(sandbox, 'full', 'run');
  return { sandbox, context, apply: (id: string, call: Call) => atlassianOrg.apply(context, id, call), verify: (id: string, call: Call) => atlassianOrg.look(context, id).stands(call) };
}

test('a membership is taken and given back: one effect each, seen by verification, repeated without harm', async () => {
  const { sandbox, apply, verify } = await world({ readdMember: 409 });
  const account = find(sandbox, (one) => ownGroup(one) !== undefined);
  const [take, give] = [groupCall(account, 'removeFromGroup'), groupCall(account, 'addToGroup')];
  expect(await verify(account.accountId, take)).toBe('notDone');
  expect(await apply(account.accountId, take)).toMatchObject({ result: 'applied', status: 204 });
  expect(await verify(account.accountId, take)).toBe('done');
  expect(await apply(account.accountId, take)).toMatchObject({ result: 'alreadySo', status: 404 });
  expect(await apply(account.accountId, give)).toMatchObject({ result: 'applied' });
  expect(await apply(account.accountId, give)).toMatchObject({ result: 'alreadySo', status: 409 });
  expect(await verify(account.accountId, give)).toBe('done');
  const { accountId } = account;
  expect(sandbox.journal.effects({ accountId }).map((entry) => entry.effect)).toStrictEqual(['membershipRemoved', 'membershipAdded']);
});

test('one look asks for groups and for roles once, however many changes it is about', async () => {
  const { sandbox, context } = await world();
  const account = find(sandbox, (one) => one.groups.length > 1 && one.access.some((access) => access.hasAccess));
  const asked: string[] = [];
  const look = atlassianOrg.look({ ...context, request: (request) => { asked.push(request.operation); return context.request(request); } }, account.accountId);
  for (const group of account.groups) expect(await look.stands({ verb: 'removeFromGroup', directoryId: directoryOf(account), groupId: asVendorId(group.id), groupName: group.name })).toBe('notDone');
  const held = account.access.flatMap((access) => (access.hasAccess ? [access.resourceId] : []));
  for (const resourceId of held) await look.stands({ verb: 'revokeRole', resourceId: asVendorId(resourceId), role: 'atlassian/user', app: 'jira', site: 'acme' });
  expect((await look.roles())?.map((role) => String(role.resourceId))).toEqual(expect.arrayContaining(held));
  expect(asked).toEqual(['users.search', 'users.roleAssignments']);
});

test('who is gone holds no role; "not found" about the roles of somebody who is there says nothing', async () => {
  const { sandbox, context } = await world();
  expect(await atlassianOrg.look(context, 'nobody').roles()).toEqual([]);
  const account = find(sandbox, (one) => one.access.some((access) => access.hasAccess));
  sandbox.faults.add({ operation: 'users.roleAssignments', times: 10, effect: { kind: 'status', status: 404 } });
  const look = atlassianOrg.look(context, account.accountId);
  expect(await look.roles()).toBeNull();
  expect(await look.stands({ verb: 'revokeRole', resourceId: asVendorId(account.access[0]?.resourceId ?? ''), role: 'atlassian/user', app: 'jira', site: 'acme' })).toBe('cannotTell');
});

test('a direct role is revoked and assigned by the normal form of its resource', async () => {
  const { sandbox, apply, verify } = await world();
  const account = find(sandbox, (one) => one.access.some((access) => access.paths.some((path) => path.kind === 'direct')));
  const access = account.access.find((one) => one.paths.some((path) => path.kind === 'direct'));
  const role = access?.paths.find((path) => path.kind === 'direct')?.role ?? '';
  const call = { resourceId: asVendorId(access?.resourceId ?? ''), role, app: 'jira', site: 'acme' };
  expect(await apply(account.accountId, { verb: 'revokeRole', ...call })).toMatchObject({ result: 'applied' });
  expect(await verify(account.accountId, { verb: 'revokeRole', ...call })).toBe('done');
  expect(await verify(account.accountId, { verb: 'assignRole', ...call })).toBe('notDone');
  expect(await apply(account.accountId, { verb: 'assignRole', ...call })).toMatchObject({ result: 'applied' });
  expect(sandbox.journal.effects({ accountId: account.accountId }).map((entry) => entry.effect)).toStrictEqual(['roleRevoked', 'roleAssigned']);
});

test('a form of the resource that the vendor does not know is followed by the next, and a role that nobody holds is gone already', async () => {
  const { sandbox, apply } = await world();
  const account = find(sandbox, (one) => one.access.every((access) => access.paths.every((path) => path.kind !== 'direct')));
  const resourceId = asVendorId('ari:cloud:jira-software::site/00000000-0000-4000-8000-000000000000');
  const call = { resourceId, role: 'atlassian/user', app: 'jira', site: 'gone' };
  expect(await apply(account.accountId, { verb: 'revokeRole', ...call })).toMatchObject({ result: 'alreadySo' });
  expect((await failureOf(apply(account.accountId, { verb: 'assignRole', ...call }))).facts.kind).toBe('notFound');
  expect(sandbox.journal.requests({ operation: 'userRoles.assign' })).toHaveLength(2);
  expect(sandbox.journal.effects({ accountId: account.accountId })).toHaveLength(0);
});

test('roles on the organisation or on a site are refused before anything is sent', async () => {
  const { sandbox, apply } = await world();
  const resourceId = asVendorId(sandbox.organisation.ari);
  const failure = await failureOf(apply(sandbox.keyOwnerAccountId, { verb: 'revokeRole', resourceId, role: 'atlassian/org-admin', app: 'platform', site: '' }));
  expect(failure.facts).toMatchObject({ kind: 'unsupported', surelyWithoutEffect: true });
  expect(sandbox.journal.requests()).toHaveLength(0);
});

describe.each([1, 2])('with %i directories', (directories) => {
  test('access is suspended and restored in the one directory that was meant', async () => {
    const { sandbox, context, apply, verify } = await world({ directories });
    const account = find(sandbox, (one) => one.directories.filter(({ membership }) => membership === 'active').length === directories && one.access.some((access) => access.hasAccess));
    const [suspend, restore] = [placeCall(account, 'suspendAccess'), placeCall(account, 'restoreAccess')];
    expect(await apply(account.accountId, suspend)).toMatchObject({ result: 'applied' });
    expect(['done', 'cannotTell']).toContain(await verify(account.accountId, suspend));
    if (directories === 1) expect(await verify(account.accountId, suspend)).toBe('done');
    const seen = await atlassianOrg.observe(context, account.accountId);
    expect(seen.status).toBe(directories === 1 ? 'suspended' : 'active');
    expect(seen.directories).toHaveLength(directories);
    expect(await apply(account.accountId, restore)).toMatchObject({ result: 'applied' });
    expect(['done', 'cannotTell']).toContain(await verify(account.accountId, restore));
    expect(sandbox.journal.effects({ accountId: account.accountId }).map((entry) => entry.effect)).toStrictEqual(['accessSuspended', 'accessRestored']);
  });

  test('removal from a directory is verified, and a second one finds nothing to do', async () => {
    const { sandbox, apply, verify } = await world({ directories });
    const account = find(sandbox, (one) => one.directories.some(({ membership }) => membership === 'active'));
    const call = placeCall(account, 'removeFromDirectory');
    expect(await verify(account.accountId, call)).toBe('notDone');
    expect(await apply(account.accountId, call)).toMatchObject({ result: 'applied' });
    expect(await verify(account.accountId, call)).toBe('done');
    expect(await apply(account.accountId, call)).toMatchObject({ result: 'alreadySo', status: 404 });
  });
});

test.each([400, 403] as const)('a group of an identity provider refuses with %i: managedByIdp', async (idpRefusal) => {
  const { sandbox, apply } = await world({ idpRefusal });
  const account = find(sandbox, (one) => one.groups.some((group) => group.external));
  const group = account.groups.find((one) => one.external);
  const call: Call = { verb: 'removeFromGroup', directoryId: directoryOf(account), groupId: asVendorId(group?.id ?? ''), groupName: '' };
  expect((await failureOf(apply(account.accountId, call))).facts).toMatchObject({ kind: 'managedByIdp', surelyWithoutEffect: true });
});

test('an organisation administrator is not suspended: rejected in the vendor\'s words', async () => {
  const { sandbox, apply } = await world();
  const owner = sandbox.truth.account(sandbox.keyOwnerAccountId);
  if (owner === undefined) throw new Error('the key has no owner');
  expect((await failureOf(apply(owner.accountId, placeCall(owner, 'suspendAccess')))).facts).toMatchObject({ kind: 'rejected', message: expect.stringMatching(/admins cannot/iu) });
});

test('a full app: quota', async () => {
  const { sandbox, apply, context } = await world({ seats: { 'jira@acme': 1 } });
  const group = sandbox.world.groups.find((one) => one.name === 'jira-users-acme');
  const account = find(sandbox, (one) => !one.access.some((access) => access.hasAccess && access.app === 'jira' && access.site === 'acme'));
  const call: Call = { verb: 'addToGroup', directoryId: directoryOf(account), groupId: asVendorId(group?.id ?? ''), groupName: '' };
  expect((await failureOf(apply(account.accountId, call))).facts.kind).toBe('quota');
  expect(await atlassianOrg.look(context, account.accountId).stands(call)).toBe('notDone');
});

test.each(['reset', 'silence'] as const)('a write whose answer is lost by %s happens once, is not repeated, and is found by verification', async (how) => {
  const { sandbox, apply, verify } = await world();
  const account = find(sandbox, (one) => ownGroup(one) !== undefined);
  const call = groupCall(account, 'removeFromGroup');
  sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'dropAfterWrite', how } });
  expect((await failureOf(apply(account.accountId, call))).facts).toMatchObject({ kind: 'transient', surelyWithoutEffect: false });
  expect(sandbox.journal.requests({ accountId: account.accountId })).toHaveLength(1);
  expect(sandbox.journal.effects({ accountId: account.accountId })).toHaveLength(1);
  expect(await verify(account.accountId, call)).toBe('done');
});

test('observation tells what is true now, also without the newer expands', async () => {
  for (const options of [{}, { expandProductAccess: false, expandGroups: false }, { neverActive: 'withoutTimestamp' }] satisfies SandboxOptions[]) {
    const { sandbox, context } = await world(options);
    for (const account of [...sandbox.truth.accounts()].slice(0, 12)) {
      if (!account.directories.some(({ membership }) => membership !== 'no_membership')) continue;
      const seen = await atlassianOrg.observe(context, account.accountId);
      expect(seen).toMatchObject({ status: account.status, accountType: account.accountType });
      expect(seen.platformRoles?.toSorted()).toStrictEqual([...account.platformRoles].toSorted());
      expect(seen.groups?.map((group) => group.id as string).toSorted()).toStrictEqual(account.groups.map((group) => group.id).toSorted());
      const days = account.access.filter((access) => access.hasAccess && access.lastActive !== null).map((access) => `${access.resourceId} ${access.lastActive?.slice(0, 10)}`);
      expect(seen.lastActive?.map((one) => `${one.resourceId} ${one.on}`).toSorted()).toStrictEqual(days.toSorted());
      for (const access of account.access) {
        for (const path of access.paths) {
          const role = seen.roles?.find((one) => one.resourceId === access.resourceId && one.role === path.role);
          expect(role?.methods).toContain(path.kind);
        }
      }
    }
  }
});
