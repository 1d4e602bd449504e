import { permissions } from '@rollcall/contract';
import type { TrueAccount } from '@rollcall/sandbox';
import { expect, it } from 'vitest';
import { systemScope } from '../../src/app/scope.ts';
import type { Scope } from '../../src/app/scope.ts';
import { recheckAccount } from '../../src/features/accounts/recheck.ts';
import { readDetail } from '../../src/features/accounts/read-detail.ts';
import { askInventory, countVisible, readUseTotals } from '../../src/features/inventory/index.ts';
import { setUp } from '../sync/support.ts';

async function synced() {
  const base = await setUp({ users: 120, seed: 5 });
  await base.sync();
  const scope = systemScope(base.workspaceId, new Set(permissions));
  const idOf = async (account: TrueAccount) => (await base.database.db.selectFrom('account').select('id').where('vendor_id', '=', account.accountId).executeTakeFirstOrThrow()).id;
  const truth = (accountId: string): TrueAccount => [...base.sandbox.truth.accounts()].find((one) => one.accountId === accountId)!;
  const detail = async (id: number) => readDetail(base.deps.db, scope, await askInventory(base.deps.db, scope, { q: '', period: 'last-3-months' }, base.deps.now()), id);
  const recheck = (id: number, by: Scope = scope) => recheckAccount(base.deps, by, id, new AbortController().signal);
  const used = [...base.sandbox.truth.accounts()].filter((one) => one.accountType === 'atlassian' && one.status === 'active' && one.groups.length > 0 && one.access.some((access) => access.lastActive !== null && access.paths.some((path) => path.kind === 'group')));
  return { ...base, scope, idOf, truth, detail, recheck, used };
}

it('shows every app, path and group of an account with its reasons', async () => {
  const { used, idOf, detail } = await synced();
  const [account] = used;
  const shown = await detail(await idOf(account!));
  expect(shown.groups.map(({ name }) => name).toSorted()).toEqual(account!.groups.map(({ name }) => name).toSorted());
  expect(shown.row.vendorId).toBe(account!.accountId);
  expect(shown.accesses.length).toBeGreaterThan(0);
  for (const access of shown.accesses) {
    expect(access.sentence).toMatch(/^(Active|Inactive|Never accessed|Unknown|Has no access|Low usage).*\.$/u);
    expect(access.evidence).not.toBeNull();
    if (access.holding === 'has') expect(access.paths.length).toBeGreaterThan(0);
  }
});

it('takes over what changed at the vendor since the sync: activity, groups, administration', async () => {
  const { used, idOf, truth, sandbox, recheck, database, scope, deps } = await synced();
  const account = used[0]!;
  const id = await idOf(account);
  const access = account.access.find((one) => one.lastActive !== null && one.paths.some((path) => path.kind === 'group'))!;
  sandbox.mutate({ kind: 'makeActive', accountId: account.accountId, resourceId: access.resourceId });
  sandbox.mutate({ kind: 'removeFromGroup', accountId: account.accountId, groupId: account.groups.at(-1)!.id });
  sandbox.mutate({ kind: 'makeOrgAdmin', accountId: account.accountId });
  const after = await recheck(id);
  const today = truth(account.accountId).access.find((one) => one.resourceId === access.resourceId)!.lastActive!.slice(0, 10);
  expect(after.groups.map(({ name }) => name).toSorted()).toEqual(truth(account.accountId).groups.map(({ name }) => name).toSorted());
  expect(after.accesses.filter(({ lastActive }) => lastActive.on === today).map(({ evidence }) => evidence?.kind)).toContain('observed');
  expect(after.row.protectedBy).not.toBeNull();
  const event = await database.db.selectFrom('audit_event').select('kind').where('workspace_id', '=', scope.workspaceId).orderBy('seq', 'desc').executeTakeFirstOrThrow();
  expect(event.kind).toBe('account.rechecked');
  // The day counts follow: they are what counting the rows gives.
  const totals = await readUseTotals(deps.db, await askInventory(deps.db, scope, { q: '', period: 'last-3-months' }, deps.now()));
  const { rows } = await database.pool.query<{ id: number; n: number }>(`select x.resource_id as id, count(*)::int as n from access x join account a on a.id = x.account_id where x.holding <> 'none' and a.status = 'active' and a.gone_at is null group by 1`);
  for (const { id: resourceId, n } of rows) expect(totals.find((one) => one.resourceId === resourceId)?.holders).toBe(n);
});

it('marks an account that the vendor no longer knows as gone, and is not for those who may not see it', async () => {
  const { used, idOf, sandbox, recheck, scope, database, deps } = await synced();
  const account = used[1]!;
  const counted = async () => countVisible(deps.db, (await askInventory(deps.db, scope, { q: '', period: 'last-3-months' }, deps.now())).context);
  const there = await counted();
  expect(there).toBe([...sandbox.truth.accounts()].length);
  const id = await idOf(account);
  await expect(recheck(id, { ...scope, sourceIds: ['01900000-0000-7000-8000-000000000000'] })).rejects.toMatchObject({ facts: { code: 'notFound' } });
  sandbox.mutate({ kind: 'deleteUser', accountId: account.accountId });
  const after = await recheck(id);
  expect(after.accesses.every(({ holding }) => holding === 'none')).toBe(true);
  expect((await database.db.selectFrom('account').select('gone_at').where('id', '=', id).executeTakeFirstOrThrow()).gone_at).not.toBeNull();
  expect(await counted()).toBe(there - 1);
  await recheck(id);
  expect(await counted()).toBe(there - 1);
});

it('says when the vendor cannot be asked, and changes nothing', async () => {
  const { used, idOf, sandbox, recheck, detail } = await synced();
  const id = await idOf(used[2]!);
  const before = await detail(id);
  await sandbox.close();
  await expect(recheck(id)).rejects.toMatchObject({ facts: { code: 'vendorUnreachable' } });
  expect(await detail(id)).toEqual(before);
});
