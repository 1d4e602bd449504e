import { expect, it } from 'vitest';
import type { FaultEffect, Sandbox } from '@rollcall/sandbox';
import { setUp } from '../sync/support.ts';
import type { SyncSetup } from '../sync/support.ts';
import { differences, inventoryOf, truthOf } from '../sync/truth.ts';

const strike = (sandbox: Sandbox, operation: string, effect: FaultEffect, more: { skip?: number; times?: number } = {}): number => sandbox.faults.add({ operation, times: 1_000, ...more, effect });

async function synced(users = 220): Promise<SyncSetup> {
  const all = await setUp({ users, seed: 5 });
  await all.sync();
  return all;
}

async function expectTruth(all: SyncSetup): Promise<void> {
  expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
}

const asked = (all: SyncSetup): number => all.sandbox.requestCounts()['users.get'] ?? 0;

it.each([['one page has moved on by 40', { kind: 'shiftPages', by: 40 }], ['a fifth is left out', { kind: 'partialRead', share: 0.8 }]] as const)('nobody who is there is ended because the list left them out: %s', async (_name, effect) => {
  const all = await synced();
  strike(all.sandbox, 'users.search', effect, effect.kind === 'shiftPages' ? { skip: 1, times: 1 } : {});
  expect(await all.sync()).toMatchObject({ state: 'done', problem: null, totals: { accountsGone: 0 } });
  await expectTruth(all);
});

it('who left is ended, after the vendor said so of them alone, while others were left out by the list', async () => {
  const all = await synced();
  const leavers = [...all.sandbox.truth.accounts()].filter((one) => one.kind === 'person' && one.status === 'active' && !one.managed && one.platformRoles.length === 0).slice(3, 8);
  for (const { accountId } of leavers) all.sandbox.mutate({ kind: 'deleteUser', accountId });
  strike(all.sandbox, 'users.search', { kind: 'shiftPages', by: 25 }, { skip: 1, times: 1 });
  expect(await all.sync()).toMatchObject({ state: 'done', totals: { accountsGone: leavers.length } });
  await expectTruth(all);
});

it('who could not be asked about stays as they are, and the sync says what it does not know', async () => {
  const all = await synced();
  const before = await inventoryOf(all.database.pool);
  strike(all.sandbox, 'users.search', { kind: 'partialRead', share: 0.8 });
  strike(all.sandbox, 'users.get', { kind: 'status', status: 403 });
  const done = await all.sync();
  expect(done).toMatchObject({ state: 'done', problem: { code: 'partlyRead' }, totals: { accountsGone: 0 } });
  expect(done.problem?.text).toContain('missing');
  expect(await inventoryOf(all.database.pool)).toEqual(before);
});

it('a reading that is suspiciously small is held without asking about each of the missing', async () => {
  const all = await synced();
  const before = [await inventoryOf(all.database.pool), asked(all)];
  strike(all.sandbox, 'users.search', { kind: 'partialRead', share: 0.05 });
  const held = await all.sync();
  expect(held).toMatchObject({ state: 'held', problem: { code: 'suspiciouslySmall' } });
  expect(held.problem?.text).toMatch(/Nothing was changed.*Take it.*drop it/u);
  expect([await inventoryOf(all.database.pool), asked(all)]).toEqual(before);
});

it('a group that a list left out keeps its members and what it grants, when somebody says to be in it', async () => {
  const all = await synced();
  const grants = "select g.vendor_id, h.resource_vendor_id, h.role from group_grant h join account_group g on g.id = h.group_id where g.gone_at is null order by 1, 2, 3";
  const before = (await all.database.pool.query(grants)).rows;
  strike(all.sandbox, 'groups.search', { kind: 'partialRead', share: 0.5 });
  expect(await all.sync()).toMatchObject({ state: 'done' });
  await expectTruth(all);
  const populated = new Set(all.sandbox.world.groups.filter((group) => group.members.size > 0).map((group) => group.id));
  const kept = (rows: readonly { vendor_id: string }[]): readonly object[] => rows.filter((row) => populated.has(row.vendor_id));
  expect(kept((await all.database.pool.query(grants)).rows)).toEqual(kept(before));
});
