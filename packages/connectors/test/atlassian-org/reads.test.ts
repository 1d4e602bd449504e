import type { SourceRecord } from '@rollcall/connectors/kit';
import type { Sandbox, SandboxOptions, TrueAccount } from '@rollcall/sandbox';
import { describe, expect, test } from 'vitest';
import { atlassianOrg } from '../../src/atlassian-org/index.ts';
import { failureOf } from '../kit/loopback.ts';
import { contextFor, only, pagesOf, recordsOf, sandboxFor } from './support.ts';

async function readAll(sandbox: Sandbox, steps: readonly string[]) {
  const { context, drifts } = contextFor(sandbox);
  const records: SourceRecord[] = [];
  for (const step of atlassianOrg.steps(context.settings).filter(({ name }) => steps.includes(name))) {
    const scopes = {
      all: [''],
      directories: only(records, 'directory').map((one) => one.vendorId as string),
      grantingGroups: only(records, 'group').filter((one) => one.mayGrant).map((one) => one.vendorId as string),
      groupsWithoutMembers: only(records, 'group').map((one) => one.vendorId as string),
      missingAccounts: [...new Set(only(records, 'account').map((one) => one.vendorId as string))],
      accountsWithoutActivity: [...new Set(only(records, 'account').map((one) => one.vendorId as string))],
    }[step.over];
    for (const scope of scopes) records.push(...(await recordsOf(context, step.name, scope)));
  }
  return { records, drifts };
}

const inDirectory = (account: TrueAccount): boolean => account.directories.some(({ membership }) => membership !== 'no_membership');
/** Where there is one directory, its search also shows managed accounts that were never invited. */
const visible = (account: TrueAccount): boolean => inDirectory(account) || (account.managed && account.directories.length === 1);
const keyOf = (account: string, other: string): string => `${account} ${other}`;
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].toSorted();

const worlds: readonly (readonly [string, SandboxOptions])[] = [
  ['one directory', {}],
  ['two directories', { directories: 2 }],
];

describe.each(worlds)('%s', (_name, options) => {
  test('every account of the directories is read, with what is true of it', async () => {
    const sandbox = await sandboxFor({ users: 250, ...options });
    const { records, drifts } = await readAll(sandbox, ['directories', 'workspaces', 'groups', 'grants', 'accounts']);
    const truth = [...sandbox.truth.accounts()].filter(visible);
    const read = new Map(only(records, 'account').map((record) => [record.vendorId as string, record]));
    expect(sorted(read.keys())).toStrictEqual(sorted(truth.map((account) => account.accountId)));
    for (const account of truth) {
      expect(read.get(account.accountId)).toMatchObject({
        accountType: account.accountType, status: account.status, claim: account.managed ? 'managed' : 'unmanaged', name: account.name,
        email: account.email ?? null, platformRoles: account.platformRoles, addedOn: account.addedToOrg.slice(0, 10),
      });
    }
    expect(drifts).toStrictEqual([]);
  });

  test('groups, members, grants and dated accesses are those of the world', async () => {
    const sandbox = await sandboxFor({ users: 250, ...options });
    const { records } = await readAll(sandbox, ['directories', 'workspaces', 'groups', 'grants', 'accounts']);
    const truth = [...sandbox.truth.accounts()].filter(visible);
    const members = truth.flatMap((account) => account.groups.map((group) => keyOf(account.accountId, group.id)));
    expect(sorted(only(records, 'member').map((one) => keyOf(one.accountVendorId, one.groupVendorId)))).toStrictEqual(sorted(members));
    const dated = truth.flatMap((account) => account.access.flatMap((access) => (access.hasAccess && access.lastActive !== null ? [`${keyOf(account.accountId, access.resourceId)} ${access.lastActive.slice(0, 10)}`] : [])));
    const read = only(records, 'access').map((one) => `${keyOf(one.accountVendorId, one.resourceVendorId)} ${one.lastActive.kind === 'at' ? one.lastActive.on : one.lastActive.kind}`);
    expect(sorted(read)).toStrictEqual(sorted(dated));
    const grants = sandbox.world.groups.flatMap((group) => group.grants.map((grant) => `${group.id} ${grant.resource} ${grant.role}`));
    expect(sorted(only(records, 'grant').map((one) => `${one.groupVendorId} ${one.resourceVendorId} ${one.role}`))).toStrictEqual(sorted(grants));
    const external = new Set(sandbox.world.groups.filter((group) => group.external).map((group) => group.id));
    for (const group of only(records, 'group')) expect(group.modifiable).toBe(!external.has(group.vendorId));
  });

  test('asked one by one, every held app has its day or was never used; direct roles are told apart', async () => {
    const sandbox = await sandboxFor({ users: 40, ...options });
    const { records } = await readAll(sandbox, ['directories', 'workspaces', 'accounts', 'activity']);
    const truth = [...sandbox.truth.accounts()].filter(visible);
    const wanted = truth.flatMap((account) => account.access.filter((access) => access.hasAccess).map((access) => `${keyOf(account.accountId, access.resourceId)} ${access.lastActive?.slice(0, 10) ?? 'never'}`));
    const read = only(records, 'access').filter((one) => one.evidence === 'lastActiveDates' && one.holding === 'has');
    const seats = new Set(truth.flatMap((account) => account.access.filter((access) => access.hasAccess).map((access) => keyOf(account.accountId, access.resourceId))));
    const given = read.filter((one) => seats.has(keyOf(one.accountVendorId, one.resourceVendorId))).map((one) => `${keyOf(one.accountVendorId, one.resourceVendorId)} ${one.lastActive.kind === 'at' ? one.lastActive.on : one.lastActive.kind}`);
    expect(sorted(given)).toStrictEqual(sorted(wanted));
    const direct = truth.flatMap((account) => account.access.flatMap((access) => access.paths.flatMap((path) => (path.kind === 'direct' ? [`${keyOf(account.accountId, access.resourceId)} ${path.role}`] : []))));
    const roles = only(records, 'role').filter((one) => one.method === 'direct' && !one.resourceVendorId.includes(':platform:'));
    expect(sorted(roles.map((one) => `${keyOf(one.accountVendorId, one.resourceVendorId)} ${one.role}`))).toStrictEqual(sorted(direct));
  });
});

test.each(worlds)('an account that the lists left out is read by itself, alike, and one that is gone gives nothing: %s', async (_name, options) => {
  const sandbox = await sandboxFor(options);
  const { context } = contextFor(sandbox);
  const { records } = await readAll(sandbox, ['directories', 'workspaces', 'groups', 'accounts']);
  for (const account of [...sandbox.truth.accounts()].filter(inDirectory).slice(0, 25)) {
    const alone = await recordsOf(context, 'missing', account.accountId);
    const told = (all: readonly SourceRecord[]): string[] => sorted([
      ...only(all, 'account').filter((one) => one.vendorId === account.accountId).map((one) => `${one.status} ${one.email} ${one.directoryVendorId}`),
      ...only(all, 'member').filter((one) => one.accountVendorId === account.accountId).map((one) => one.groupVendorId),
      ...only(all, 'access').filter((one) => one.accountVendorId === account.accountId && one.lastActive.kind === 'at').map((one) => `${one.resourceVendorId} ${JSON.stringify(one.lastActive)}`),
    ]);
    expect(told(alone)).toStrictEqual(told(records));
  }
  const gone = [...sandbox.truth.accounts()].findLast((account) => account.kind === 'person' && inDirectory(account));
  sandbox.mutate({ kind: 'deleteUser', accountId: gone?.accountId ?? '' });
  expect(await recordsOf(context, 'missing', gone?.accountId)).toStrictEqual([]);
});

test('ignored expands are noticed: the members are read by group, and nobody is called never active', async () => {
  const sandbox = await sandboxFor({ expandProductAccess: false, expandGroups: false });
  const { context } = contextFor(sandbox);
  const [directory] = only(await recordsOf(context, 'directories'), 'directory');
  const pages = await pagesOf(context, 'accounts', directory?.vendorId);
  expect(pages[0]?.missing?.toSorted()).toStrictEqual(['accesses', 'members']);
  expect(only(pages.flatMap((page) => page.records), 'access')).toStrictEqual([]);
  const { records } = await readAll(sandbox, ['directories', 'groups', 'accounts', 'members']);
  const members = [...sandbox.truth.accounts()].flatMap((account) => account.groups.map((group) => keyOf(account.accountId, group.id)));
  expect(sorted(only(records, 'member').map((one) => keyOf(one.accountVendorId, one.groupVendorId)))).toStrictEqual(sorted(members));
});

test('where the search gives no activity, managed accounts give theirs', async () => {
  const sandbox = await sandboxFor({ expandProductAccess: false });
  const { records } = await readAll(sandbox, ['directories', 'workspaces', 'accounts', 'managedAccounts']);
  const accesses = only(records, 'access');
  expect(accesses.length).toBeGreaterThan(0);
  for (const one of accesses) {
    const held = sandbox.truth.account(one.accountVendorId)?.access.find((access) => access.resourceId === one.resourceVendorId);
    expect(one.lastActive).toMatchObject({ kind: 'at', on: held?.lastActive?.slice(0, 10) });
  }
});

test('an app without a time is unknown in the search, not never', async () => {
  const sandbox = await sandboxFor({ neverActive: 'withoutTimestamp' });
  const { records } = await readAll(sandbox, ['directories', 'workspaces', 'accounts']);
  const undated = only(records, 'access').filter((one) => one.lastActive.kind !== 'at');
  expect(undated.length).toBeGreaterThan(0);
  for (const one of undated) expect(one.lastActive).toStrictEqual({ kind: 'unknown', why: 'notGiven' });
});

test('an app whose time is null was never used, and every app the account holds is named', async () => {
  const sandbox = await sandboxFor({ users: 120, neverActive: 'nullTimestamp' });
  const { records } = await readAll(sandbox, ['directories', 'workspaces', 'accounts']);
  const truth = [...sandbox.truth.accounts()].filter(visible).flatMap((account) => account.access.filter((access) => access.hasAccess).map((access) => `${keyOf(account.accountId, access.resourceId)} ${access.lastActive?.slice(0, 10) ?? 'never'}`));
  const read = only(records, 'access').map((one) => `${keyOf(one.accountVendorId, one.resourceVendorId)} ${one.lastActive.kind === 'at' ? one.lastActive.on : one.lastActive.kind}`);
  expect(sorted(read)).toStrictEqual(sorted(truth));
});

test('a page size that is refused makes the pages smaller, and all of them alike', async () => {
  const sandbox = await sandboxFor({ users: 180, searchLimitMax: 50, searchLimitPolicy: 'reject' });
  const { context, drifts } = contextFor(sandbox);
  const [directory] = only(await recordsOf(context, 'directories'), 'directory');
  const pages = await pagesOf(context, 'accounts', directory?.vendorId);
  expect(pages.every((page) => only(page.records, 'account').length <= 50)).toBe(true);
  expect(only(pages.flatMap((page) => page.records), 'account')).toHaveLength([...sandbox.truth.accounts()].filter(visible).length);
  expect(drifts).toContainEqual({ operation: 'users.search', problem: 'smallerPages', member: 'limit', count: 1 });
});

test('a well-formed answer of the wrong shape is no empty organisation', async () => {
  const sandbox = await sandboxFor();
  const { context } = contextFor(sandbox);
  sandbox.faults.add({ operation: 'directories.list', times: 100, effect: { kind: 'wrongJson', text: '{"ok":true}' } });
  expect((await failureOf(atlassianOrg.read(context, 'directories', '', null))).facts).toMatchObject({ kind: 'transient', code: 'unexpectedShape' });
});

test('a broken row is skipped and counted, the others are read', async () => {
  const sandbox = await sandboxFor();
  const { context, drifts } = contextFor(sandbox);
  const row = { accountId: 'a1', status: 7, productAccess: 'none', groups: [{ name: 'no id' }, { id: 'g', name: 'G' }], email: { not: 'text' }, platformRoles: [1, 'atlassian/org-admin'] };
  sandbox.faults.add({ operation: 'users.search', effect: { kind: 'wrongJson', text: JSON.stringify({ data: [row, { name: 'nobody' }, null, 4], links: { next: '' } }) } });
  const page = await atlassianOrg.read(context, 'accounts', sandbox.organisation.directories[0]?.id ?? '', null);
  expect(page.next).toBeNull();
  expect(page.records).toMatchObject([
    { type: 'account', vendorId: 'a1', status: 'unknown', email: null, platformRoles: ['atlassian/org-admin'] },
    { type: 'member', groupVendorId: 'g', accountVendorId: 'a1' },
  ]);
  expect(drifts).toContainEqual({ operation: 'users.search', problem: 'rowSkipped', member: 'data', count: 3 });
  expect(JSON.stringify(drifts)).not.toContain('nobody');
});

test('a wrong organisation is an error and never an empty one', async () => {
  const sandbox = await sandboxFor();
  const { context } = contextFor(sandbox, 'full', 'sync', '00000000-0000-4000-8000-000000000000');
  for (const step of ['directories', 'workspaces', 'managedAccounts']) expect((await failureOf(atlassianOrg.read(context, step, '', null))).facts.status).toBeGreaterThanOrEqual(400);
  expect((await failureOf(atlassianOrg.observe(context, 'x'))).facts.kind).toBe('forbidden');
});
