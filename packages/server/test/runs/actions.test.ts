import { expect, it } from 'vitest';
import type { TrueAccount } from '@rollcall/sandbox';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

/** Ordinary people: active, in groups, no administrators, with nothing that an identity provider owns. */
function ordinary(setup: RunSetup, count: number): readonly TrueAccount[] {
  const admins = new Set(setup.sandbox.world.groups.filter((group) => group.grants.some((grant) => grant.role !== 'atlassian/user')).map((group) => group.id));
  const found = [...setup.sandbox.truth.accounts()].filter((one) => one.kind === 'person' && one.status === 'active' && one.platformRoles.length === 0 && one.groups.length > 0 && one.accountId !== setup.sandbox.keyOwnerAccountId && !one.groups.some((group) => group.external || admins.has(group.id)) && one.access.some((access) => access.hasAccess));
  return found.slice(-count);
}
async function ids(setup: RunSetup, accounts: readonly TrueAccount[]): Promise<number[]> {
  const rows = await setup.database.db.selectFrom('account').where('vendor_id', 'in', accounts.map((one) => one.accountId)).select('id').execute();
  return rows.map((row) => row.id);
}
const now = (setup: RunSetup, account: TrueAccount): TrueAccount => setup.sandbox.truth.account(account.accountId) ?? account;

it('suspends and restores, keeping groups and roles', async () => {
  const setup = await setUpRuns();
  const some = ordinary(setup, 5);
  const plan = await setup.plan({ action: 'suspend-access', selection: { kind: 'accounts', accountIds: await ids(setup, some) } });
  expect(plan.totals).toMatchObject({ act: 5, skip: 0, look: 0 });
  const runId = await setup.apply(plan);
  await setup.work(runId);
  expect((await setup.run(runId)).totals.verified).toBe(5);
  for (const account of some) expect(now(setup, account)).toMatchObject({ status: 'suspended', groups: account.groups });
  const undo = await setup.undo(runId);
  const undoRun = await setup.apply(undo);
  await setup.work(undoRun);
  for (const account of some) expect(now(setup, account)).toMatchObject({ status: 'active', groups: account.groups });
});

it('adds to a group, takes out of it, and undoes both', async () => {
  const setup = await setUpRuns();
  const group = setup.sandbox.world.groups.find((one) => !one.external && one.grants.length === 0);
  if (group === undefined) throw new Error('the sandbox has no plain group');
  const some = ordinary(setup, 20).filter((one) => !one.groups.some((held) => held.id === group.id)).slice(0, 4);
  const row = await setup.database.db.selectFrom('account_group').where('vendor_id', '=', group.id).select('id').executeTakeFirstOrThrow();
  const selection = { kind: 'accounts' as const, accountIds: await ids(setup, some) };
  const added = await setup.apply(await setup.plan({ action: 'add-to-group', params: { groupIds: [row.id] }, selection }));
  await setup.work(added);
  for (const account of some) expect(now(setup, account).groups.map((one) => one.id)).toContain(group.id);
  const removed = await setup.apply(await setup.plan({ action: 'remove-from-group', params: { groupIds: [row.id] }, selection }));
  await setup.work(removed);
  for (const account of some) expect(now(setup, account).groups).toEqual(account.groups);
  const undone = await setup.apply(await setup.undo(removed));
  await setup.work(undone);
  for (const account of some) expect(now(setup, account).groups.map((one) => one.id)).toContain(group.id);
});

it('grants app access so that nothing else is given', async () => {
  const setup = await setUpRuns({ users: 300 });
  const resource = (await setup.resources()).find((one) => one.app === 'confluence' && one.site === 'acme-labs') ?? (await setup.resources()).at(-1);
  const without = ordinary(setup, 100).filter((one) => !one.access.some((access) => access.hasAccess && access.app === resource?.app && access.site === resource.site)).slice(0, 3);
  expect(without.length).toBe(3);
  const plan = await setup.plan({ action: 'grant-app-access', params: { resourceIds: [resource?.id ?? 0] }, selection: { kind: 'accounts', accountIds: await ids(setup, without) } });
  expect(plan.totals?.act).toBe(3);
  const runId = await setup.apply(plan);
  await setup.work(runId);
  expect((await setup.run(runId)).totals.verified).toBe(3);
  for (const account of without) {
    const gained = now(setup, account).access.filter((access) => access.hasAccess && !account.access.some((old) => old.hasAccess && old.resourceId === access.resourceId));
    expect(gained.map((access) => `${access.app} ${access.site}`)).toEqual([`${resource?.app} ${resource?.site}`]);
  }
});

it('removes from the organisation, and says that this cannot be undone', async () => {
  const setup = await setUpRuns();
  const some = ordinary(setup, 2);
  const plan = await setup.plan({ action: 'remove-from-organisation', selection: { kind: 'accounts', accountIds: await ids(setup, some) } });
  expect(plan.risk).toBe('irreversible');
  expect(plan.typeBack).toBe(2);
  const runId = await setup.apply(plan);
  await setup.work(runId);
  expect((await setup.run(runId)).totals.verified).toBe(2);
  for (const account of some) expect(now(setup, account).groups).toEqual([]);
  const undo = await setup.undo(runId);
  expect(undo.totals).toMatchObject({ act: 0, skip: 2, byReason: { 'skip.cannotBeGivenBack': 2 } });
});
