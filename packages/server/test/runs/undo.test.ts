import { expect, it } from 'vitest';
import type { TrueAccount } from '@rollcall/sandbox';
import { runSync } from '../../src/features/sync/index.ts';
import { cancelRun } from '../../src/features/runs/run-commands.ts';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

const removal = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const jobs = { enqueue: () => Promise.resolve(null) };

function some<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the world is too small');
  return found;
}
async function acted(setup: RunSetup, planId: string): Promise<{ id: number; account: TrueAccount }[]> {
  const rows = await setup.database.db.selectFrom('plan_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.plan_id', '=', planId).where('i.decision', '=', 'act').orderBy('i.seq').select(['a.id', 'a.vendor_id']).execute();
  return rows.map((row) => ({ id: row.id, account: some(setup.sandbox.truth.account(row.vendor_id)) }));
}
const groupsOf = (setup: RunSetup, account: TrueAccount): string[] => some(setup.sandbox.truth.account(account.accountId)).groups.map((group) => group.id).toSorted();

/** A person with two groups that give Jira, and nothing else that speaks against a removal. */
async function withTwoPaths(setup: RunSetup): Promise<{ id: number; account: TrueAccount }> {
  const second = some(setup.sandbox.world.groups.find((group) => group.name === 'legacy-jira-users-acme'));
  const one = some((await acted(setup, (await setup.plan(removal)).id)).find((person) => !person.account.groups.some((group) => group.id === second.id)));
  setup.sandbox.mutate({ kind: 'addToGroup', accountId: one.account.accountId, groupId: second.id });
  await setup.sync();
  return { id: one.id, account: some(setup.sandbox.truth.account(one.account.accountId)) };
}
async function removeFrom(setup: RunSetup, ids: readonly number[]) {
  const jira = some((await setup.resources()).find((one) => one.app === 'jira' && one.site === 'acme'));
  return setup.plan({ action: 'remove-app-access', params: { resourceIds: [jira.id] }, selection: { kind: 'accounts', accountIds: [...ids] } });
}

it('gives back what was taken before a row failed in the middle, and says that it is half done', async () => {
  const setup = await setUpRuns({ users: 300 });
  const person = await withTwoPaths(setup);
  setup.sandbox.faults.add({ operation: 'memberships.remove', skip: 1, effect: { kind: 'status', status: 409 } });
  const runId = await setup.apply(await removeFrom(setup, [person.id]));
  await setup.work(runId);
  expect((await setup.run(runId)).totals).toMatchObject({ failed: 1, verified: 0 });
  expect(groupsOf(setup, person.account)).not.toEqual(person.account.groups.map((group) => group.id).toSorted());
  const undo = await setup.undo(runId);
  expect(undo.totals).toMatchObject({ act: 1, calls: 1 });
  await setup.work(await setup.apply(undo));
  expect(groupsOf(setup, person.account)).toEqual(person.account.groups.map((group) => group.id).toSorted());
});

it('a reading that was under way during the run takes nothing of it back: a plan made then finds nobody, and the undo gives back', async () => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(removal);
  const people = await acted(setup, plan.id);
  const runId = await setup.apply(plan);
  const syncId = await setup.queue();
  const late = { ...setup.deps, openVendor: async (...args: Parameters<typeof setup.deps.openVendor>) => {
    const vendor = await setup.deps.openVendor(...args);
    return { ...vendor, read: async (...page: Parameters<typeof vendor.read>) => {
      const result = await vendor.read(...page);
      if (page[0] === 'accounts' && result.next === null) await setup.work(runId);
      return result;
    } };
  } };
  await runSync(late, syncId, new AbortController().signal);
  expect((await setup.run(runId)).totals.verified).toBe(people.length);
  const mark = setup.sandbox.journal.length;
  const again = await removeFrom(setup, people.map((one) => one.id));
  if ((again.totals?.act ?? 0) > 0) await setup.work(await setup.apply(again));
  expect(setup.sandbox.journal.effects({ afterSeq: mark })).toEqual([]);
  await setup.work(await setup.apply(await setup.undo(runId)));
  for (const { account } of people) expect(groupsOf(setup, account)).toEqual(account.groups.map((group) => group.id).toSorted());
});

it('one group that is gone does not keep the others from a person', async () => {
  const setup = await setUpRuns({ users: 300 });
  const person = await withTwoPaths(setup);
  const runId = await setup.apply(await removeFrom(setup, [person.id]));
  await setup.work(runId);
  const undo = await setup.apply(await setup.undo(runId));
  setup.sandbox.faults.add({ operation: 'memberships.add', effect: { kind: 'deleteGroup' } });
  await setup.work(undo);
  const before = new Set(person.account.groups.map((group) => group.id));
  expect(groupsOf(setup, person.account).filter((id) => before.has(id)).length).toBe(before.size - 1);
  expect((await setup.run(undo)).totals).toMatchObject({ failed: 1 });
});

it('is made once, and its own undo does not take from whom uses the app again', async () => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(removal);
  const [used, admin, idle] = await acted(setup, plan.id);
  const runId = await setup.apply(plan, 3);
  await setup.work(runId);
  await cancelRun({ ...setup.deps, jobs }, setup.scope, runId);
  await setup.work(runId);
  const undo = await setup.apply(await setup.undo(runId));
  await setup.work(undo);
  expect((await setup.undo(runId)).totals).toMatchObject({ act: 0, byReason: { 'skip.alreadySo': 3 } });
  const jira = some(some(used).account.access.find((one) => one.app === 'jira' && one.site === 'acme'));
  setup.sandbox.mutate({ kind: 'makeActive', accountId: some(used).account.accountId, resourceId: jira.resourceId });
  setup.sandbox.mutate({ kind: 'makeOrgAdmin', accountId: some(admin).account.accountId });
  const redo = await setup.undo(undo);
  expect(redo.action).toBe('remove-app-access');
  await setup.work(await setup.apply(redo));
  const holds = (one: { account: TrueAccount } | undefined) => setup.sandbox.truth.account(some(one).account.accountId)?.access.find((access) => access.resourceId === jira.resourceId)?.hasAccess ?? false;
  expect([holds(used), holds(admin), holds(idle)]).toEqual([true, true, false]);
});

it('a cancelled run asks what became of a call under way, and the undo knows of it', async () => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(removal);
  const before = await acted(setup, plan.id);
  const runId = await setup.apply(plan);
  const dying = { ...setup.runDeps, timing: { ...setup.runDeps.timing, peopleAtOnce: { first: 1, most: 1 } }, openVendor: async (...args: Parameters<typeof setup.runDeps.openVendor>) => {
    const vendor = await setup.runDeps.openVendor(...args);
    return { ...vendor, apply: async (...call: Parameters<typeof vendor.apply>) => {
      await vendor.apply(...call);
      throw new Error('the power went');
    } };
  } };
  const mark = setup.sandbox.journal.length;
  await expect(workOnRun(dying, runId, new AbortController().signal)).rejects.toThrow('the power went');
  await cancelRun({ ...setup.deps, jobs }, setup.scope, runId);
  const requests = setup.sandbox.journal.requests({ afterSeq: mark }).length;
  await setup.work(runId);
  expect(setup.sandbox.journal.requests({ afterSeq: mark }).length).toBe(requests);
  const run = await setup.run(runId);
  expect(run).toMatchObject({ state: 'cancelled', totals: { pending: 0, intent: 0, cancelled: before.length - 1 } });
  await setup.work(await setup.apply(await setup.undo(runId)));
  for (const { account } of before) expect(groupsOf(setup, account)).toEqual(account.groups.map((group) => group.id).toSorted());
});

it('gives nothing back to an account that was deactivated since, and says so in the plan', async () => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(removal);
  const runId = await setup.apply(plan, 3);
  await setup.work(runId);
  const [gone, ...others] = (await acted(setup, plan.id)).slice(0, 3);
  setup.sandbox.mutate({ kind: 'deactivate', accountId: some(gone).account.accountId });
  await setup.sync();
  const undo = await setup.undo(runId);
  expect(undo.totals).toMatchObject({ act: others.length, skip: 1, byReason: { 'skip.deactivatedSince': 1 } });
  const mark = setup.sandbox.journal.length;
  await setup.work(await setup.apply(undo));
  const given = setup.sandbox.journal.effects({ afterSeq: mark, effect: 'membershipAdded' }).map((one) => one.accountId);
  expect(new Set(given)).toEqual(new Set(others.map((one) => one.account.accountId)));
});
