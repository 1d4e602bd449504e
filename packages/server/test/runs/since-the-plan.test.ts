import { expect, it } from 'vitest';
import { civilDateIn } from '@rollcall/core';
import type { TrueAccount } from '@rollcall/sandbox';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

const removal = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
type Plan = Awaited<ReturnType<RunSetup['plan']>>;

/** Those a plan acts on, in its order. */
async function acted(setup: RunSetup, plan: Plan) {
  const rows = await setup.database.db.selectFrom('plan_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.plan_id', '=', plan.id).where('i.decision', '=', 'act').orderBy('i.seq').select(['a.id', 'a.vendor_id', 'i.side_effects', 'i.calls']).execute();
  return rows.map((row) => ({ id: row.id, effects: JSON.stringify(row.side_effects), calls: JSON.stringify(row.calls), account: truth(setup, row.vendor_id) }));
}
function truth(setup: RunSetup, id: string): TrueAccount {
  const found = setup.sandbox.truth.account(id);
  if (found === undefined) throw new Error('no such account in the sandbox');
  return found;
}
async function outcome(setup: RunSetup, runId: string, accountId: number) {
  return setup.database.db.selectFrom('run_item').where('run_id', '=', runId).where('account_id', '=', accountId).select(['state', 'reason']).executeTakeFirstOrThrow();
}
function some<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the world is too small');
  return found;
}
const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

it('leaves alone whom another reading, a new protection, a new group or a new owner of the key speaks for', async () => {
  const setup = await setUpRuns({ users: 500 });
  const { db } = setup.database;
  const plan = await setup.plan(removal);
  const people = await acted(setup, plan);
  const [seen, admin, owner, grouped, service] = people.filter((one) => one.account.email !== undefined);
  const jira = some((await setup.resources()).find((one) => one.app === 'jira' && one.site === 'acme'));
  await db.updateTable('access').set({ last_on: civilDateIn(daysAgo(3), 'UTC') }).where('account_id', '=', some(seen).id).where('resource_id', '=', jira.id).execute();
  await db.updateTable('account').set({ protected_by: 'platformRole' }).where('id', '=', some(admin).id).execute();
  await db.updateTable('account').set({ looks_like_service: true }).where('id', '=', some(service).id).execute();
  await db.updateTable('source').set({ key_owner: some(owner).account.email?.toUpperCase() ?? '' }).execute();
  const other = some(setup.sandbox.world.groups.find((group) => !group.external && !some(grouped).account.groups.some((held) => held.id === group.id) && group.grants.every((grant) => grant.role === 'atlassian/user')));
  setup.sandbox.mutate({ kind: 'addToGroup', accountId: some(grouped).account.accountId, groupId: other.id });
  await db.deleteFrom('account_group').where('vendor_id', '=', other.id).execute();
  const mark = setup.sandbox.journal.length;
  const runId = await setup.apply(plan);
  await setup.work(runId);
  const expected = [[seen, 'activeSince'], [admin, 'becameAdministrator'], [owner, 'protected'], [grouped, 'accessGrantedSince'], [service, 'serviceAccount']] as const;
  for (const [one, reason] of expected) {
    expect(await outcome(setup, runId, some(one).id)).toMatchObject({ state: 'skipped', reason });
    expect(setup.sandbox.journal.requests({ afterSeq: mark, accountId: some(one).account.accountId })).toEqual([]);
  }
});

it('does not cut an app that goes with a shared group and came into use since', async () => {
  const setup = await setUpRuns({ users: 1_500, neverActive: 'nullTimestamp' });
  const isHeld = (account: TrueAccount, app: string): boolean => account.access.some((one) => one.app === app && one.site === 'acme' && one.hasAccess);
  const [used, idle] = (await acted(setup, await setup.plan(removal))).filter((one) => !isHeld(one.account, 'confluence') && !one.account.access.some((access) => access.app === 'confluence'));
  const shared = some(setup.sandbox.world.groups.find((group) => group.name === 'engineering-acme'));
  for (const one of [some(used), some(idle)]) setup.sandbox.mutate({ kind: 'addToGroup', accountId: one.account.accountId, groupId: shared.id });
  await setup.sync();
  const plan = await setup.plan(removal);
  const people = await acted(setup, plan);
  for (const one of [some(used), some(idle)]) expect(people.find((two) => two.id === one.id)?.effects).toContain('losesApp');
  const confluence = some(setup.sandbox.world.organisation.resources.find((one) => one.app.key === 'confluence' && one.site.name === 'acme'));
  setup.sandbox.mutate({ kind: 'makeActive', accountId: some(used).account.accountId, resourceId: confluence.ari });
  const mark = setup.sandbox.journal.length;
  const runId = await setup.apply(plan);
  await setup.work(runId);
  expect(await outcome(setup, runId, some(used).id)).toMatchObject({ state: 'skipped', reason: 'wouldCutAppInUse' });
  expect(setup.sandbox.journal.requests({ afterSeq: mark, accountId: some(used).account.accountId })).toEqual([]);
  expect(await outcome(setup, runId, some(idle).id)).toMatchObject({ state: 'verified' });
});

it('a limit that looks further back than the period is kept at the re-check', async () => {
  const setup = await setUpRuns({ users: 500 });
  const plan = await setup.plan({ action: 'remove-app-access', selection: { kind: 'query', q: 'app = jira AND site = acme AND lastActive < -300d AND status = active', period: 'last-3-months' } });
  const one = some((await acted(setup, plan))[0]);
  const jira = some(one.account.access.find((access) => access.app === 'jira' && access.site === 'acme'));
  setup.sandbox.mutate({ kind: 'makeActive', accountId: one.account.accountId, resourceId: jira.resourceId, at: daysAgo(200).toISOString() });
  const runId = await setup.apply(plan);
  await setup.work(runId);
  expect(await outcome(setup, runId, one.id)).toMatchObject({ state: 'skipped', reason: 'activeSince' });
});

it('does not suspend who was given, and used, another app since', async () => {
  const setup = await setUpRuns({ users: 800 });
  const plan = await setup.plan({ action: 'suspend-access', selection: removal.selection });
  const resources = await setup.resources();
  const without = (account: TrueAccount) => resources.find((one) => !account.access.some((access) => access.app === one.app && access.site === one.site));
  const [used, given] = (await acted(setup, plan)).filter((one) => without(one.account) !== undefined);
  const ari = (account: TrueAccount): string => some(setup.sandbox.world.organisation.resources.find((one) => one.site.name === without(account)?.site && one.app.key.replace('jira-servicemanagement', 'jira-service-management') === without(account)?.app)).ari;
  for (const one of [some(used), some(given)]) setup.sandbox.mutate({ kind: 'assignRole', accountId: one.account.accountId, resourceId: ari(one.account), role: 'atlassian/user' });
  setup.sandbox.mutate({ kind: 'makeActive', accountId: some(used).account.accountId, resourceId: ari(some(used).account) });
  const runId = await setup.apply(plan);
  await setup.work(runId);
  expect(await outcome(setup, runId, some(used).id)).toMatchObject({ state: 'skipped', reason: 'activeSince' });
  expect(await outcome(setup, runId, some(given).id)).toMatchObject({ state: 'skipped', reason: 'accessGrantedSince' });
  for (const one of [used, given]) expect(truth(setup, some(one).account.accountId).status).toBe('active');
});

it('what was so before is not done, and an undo does not take it', async () => {
  const setup = await setUpRuns({ users: 300, readdMember: 204 });
  const { db } = setup.database;
  const ids = (await acted(setup, await setup.plan(removal))).slice(0, 3);
  const selection = { kind: 'accounts' as const, accountIds: ids.map((one) => one.id) };
  const suspension = await setup.plan({ action: 'suspend-access', selection });
  const group = some(setup.sandbox.world.groups.find((one) => !one.external && one.grants.length === 0));
  const groupRow = await db.selectFrom('account_group').where('vendor_id', '=', group.id).select('id').executeTakeFirstOrThrow();
  const addition = await setup.plan({ action: 'add-to-group', params: { groupIds: [groupRow.id] }, selection });
  const first = some(ids[0]).account.accountId;
  setup.sandbox.mutate({ kind: 'addToGroup', accountId: first, groupId: group.id });
  const added = await setup.apply(addition);
  await setup.work(added);
  await setup.work(await setup.apply(await setup.undo(added)));
  expect(truth(setup, first).groups.some((one) => one.id === group.id)).toBe(true);
  setup.sandbox.mutate({ kind: 'suspend', accountId: first });
  const suspended = await setup.apply(suspension);
  await setup.work(suspended);
  expect(await outcome(setup, suspended, some(ids[0]).id)).toMatchObject({ state: 'alreadySo' });
  await setup.work(await setup.apply(await setup.undo(suspended)));
  expect(ids.map((one) => truth(setup, one.account.accountId).status)).toEqual(['suspended', 'active', 'active']);
});

it('a source that is closed to changes stops its run between two people', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(removal));
  await setup.database.db.updateTable('source').set({ read_only: true }).execute();
  const mark = setup.sandbox.journal.length;
  await setup.work(runId);
  expect(setup.sandbox.journal.requests({ afterSeq: mark })).toEqual([]);
  expect(await setup.run(runId)).toMatchObject({ state: 'paused', stateReason: 'readOnlySource' });
});
