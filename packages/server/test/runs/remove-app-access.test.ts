import { expect, it } from 'vitest';
import type { TrueAccount } from '@rollcall/sandbox';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

const question = { q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } as const;
const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, ...question } };

async function people(setup: RunSetup, planId: string, decision: 'act' | 'skip' | 'look') {
  const rows = await setup.database.db.selectFrom('plan_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.plan_id', '=', planId).where('i.decision', '=', decision).orderBy('i.seq').select(['a.vendor_id', 'i.reason']).execute();
  return rows.map((row) => ({ reason: row.reason, account: truth(setup, row.vendor_id) }));
}
function truth(setup: RunSetup, id: string): TrueAccount {
  const found = setup.sandbox.truth.account(id);
  if (found === undefined) throw new Error('no such account in the sandbox');
  return found;
}
const jira = (account: TrueAccount) => account.access.find((one) => one.app === 'jira' && one.site === 'acme');

it('takes every path of the app, verifies, and the undo gives back exactly that', async () => {
  const setup = await setUpRuns({ users: 400 });
  const plan = await setup.plan(order);
  expect(plan.state).toBe('ready');
  expect(plan.totals?.act).toBeGreaterThan(5);
  const before = (await people(setup, plan.id, 'act')).map((one) => one.account);
  for (const account of before) {
    expect(account.status).toBe('active');
    expect(account.platformRoles).toEqual([]);
    const last = jira(account)?.lastActive ?? null;
    expect(last).not.toBeNull();
    expect(Date.now() - Date.parse(last ?? '')).toBeGreaterThan(89 * 86_400_000);
  }
  const mark = setup.sandbox.journal.length;
  const runId = await setup.apply(plan);
  expect(await setup.work(runId)).toBeNull();
  const run = await setup.run(runId);
  expect(run.state).toBe('done');
  expect(run.totals.verified + run.totals.skipped).toBe(before.length);
  expect(run.totals.failed + run.totals.uncertain).toBe(0);
  const effects = setup.sandbox.journal.effects({ afterSeq: mark });
  const acted = new Set(before.map((one) => one.accountId));
  expect(effects.every((effect) => acted.has(effect.accountId ?? ''))).toBe(true);
  const keys = effects.map((effect) => `${effect.accountId} ${effect.groupId ?? effect.resourceId} ${effect.effect}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const account of before) {
    const now = truth(setup, account.accountId);
    expect(jira(now)?.hasAccess ?? false).toBe(false);
    const taken = account.groups.filter((group) => !now.groups.some((one) => one.id === group.id));
    const granting = (jira(account)?.paths ?? []).flatMap((path) => (path.kind === 'group' ? [path.groupId] : []));
    expect(taken.map((group) => group.id).toSorted()).toEqual([...new Set(granting)].toSorted());
  }
  const undo = await setup.undo(runId);
  expect(undo.state).toBe('ready');
  expect(undo.totals?.act).toBe(run.totals.verified);
  const undoRun = await setup.apply(undo);
  await setup.work(undoRun);
  expect((await setup.run(undoRun)).totals.verified).toBe(run.totals.verified);
  for (const account of before) {
    const now = truth(setup, account.accountId);
    expect(now.groups.map((group) => group.id).toSorted()).toEqual(account.groups.map((group) => group.id).toSorted());
    expect(jira(now)?.paths.length).toBe(jira(account)?.paths.length);
  }
  expect((await setup.sync()).totals).toMatchObject({ membershipsAdded: 0, membershipsRemoved: 0 });
});

it('never acts on the protected, the unknown, the managed by an identity provider, or where an app in use would be cut', async () => {
  const setup = await setUpRuns({ users: 600, seed: 21 });
  const plan = await setup.plan({ action: 'remove-app-access', params: { resourceIds: [(await setup.resources()).find((one) => one.app === 'jira' && one.site === 'acme')?.id ?? 0] }, selection: { kind: 'query', q: '', period: '90d' } });
  const reasons = new Set([...(await people(setup, plan.id, 'skip')), ...(await people(setup, plan.id, 'look'))].map((one) => one.reason));
  expect([...reasons]).toEqual(expect.arrayContaining(['protected', 'managedByIdp', 'wouldCutAppInUse', 'serviceAccount']));
  const admins = new Set(['atlassian/admin', 'atlassian/org-admin', 'atlassian/site-admin', 'atlassian/user-access-admin']);
  for (const { account } of await people(setup, plan.id, 'act')) {
    expect(account.accountType).toBe('atlassian');
    expect(account.platformRoles).toEqual([]);
    expect(account.access.some((access) => access.paths.some((path) => admins.has(path.role)))).toBe(false);
    expect((jira(account)?.paths ?? []).some((path) => path.kind === 'group' && path.external)).toBe(false);
    const groups = new Set((jira(account)?.paths ?? []).flatMap((path) => (path.kind === 'group' ? [path.groupId] : [])));
    for (const other of account.access) {
      if (other === jira(account) || !other.hasAccess) continue;
      const left = other.paths.some((path) => path.kind === 'direct' || !groups.has(path.groupId));
      const used = other.lastActive !== null && Date.now() - Date.parse(other.lastActive) < 89 * 86_400_000;
      expect(left || !used).toBe(true);
    }
  }
});

it('skips who signed in, became an administrator, left or was exempted since the plan was made', async () => {
  const setup = await setUpRuns({ users: 400 });
  const plan = await setup.plan(order);
  const [active, admin, gone, exempt] = (await people(setup, plan.id, 'act')).map((one) => one.account);
  if (active === undefined || admin === undefined || gone === undefined || exempt === undefined) throw new Error('too small a world');
  setup.sandbox.mutate({ kind: 'makeActive', accountId: active.accountId, resourceId: jira(active)?.resourceId ?? '' });
  setup.sandbox.mutate({ kind: 'makeOrgAdmin', accountId: admin.accountId });
  setup.sandbox.mutate({ kind: 'deleteUser', accountId: gone.accountId });
  await setup.database.db.insertInto('exemption').values({ id: setup.deps.newId(), workspace_id: setup.workspaceId, kind: 'account', realm_id: setup.realmId, subject: exempt.accountId, label: 'x', reason: 'leave', owner: 'HR', created_by: 'test' }).execute();
  const mark = setup.sandbox.journal.length;
  const runId = await setup.apply(plan);
  await setup.work(runId);
  const rows = await setup.database.db.selectFrom('run_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.run_id', '=', runId).where('i.state', '=', 'skipped').select(['a.vendor_id', 'i.reason']).execute();
  const reason = new Map(rows.map((row) => [row.vendor_id, row.reason]));
  expect(reason.get(active.accountId)).toBe('activeSince');
  expect(reason.get(admin.accountId)).toBe('becameAdministrator');
  expect(reason.get(gone.accountId)).toBe('accountGone');
  expect(reason.get(exempt.accountId)).toBe('exemptedSince');
  for (const one of [active, admin, gone, exempt]) expect(setup.sandbox.journal.requests({ afterSeq: mark, accountId: one.accountId })).toEqual([]);
});

it.each(['reset', 'silence'] as const)('an effect whose answer is lost (%s) is found by asking, and not made again', async (how) => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(order);
  const runId = await setup.apply(plan, 2);
  const mark = setup.sandbox.journal.length;
  setup.sandbox.faults.add({ operation: ['memberships.remove', 'userRoles.revoke'], effect: { kind: 'dropAfterWrite', how: how === 'silence' ? 'reset' : how } });
  await setup.work(runId);
  const effects = setup.sandbox.journal.effects({ afterSeq: mark });
  const keys = effects.map((effect) => `${effect.accountId} ${effect.groupId ?? effect.resourceId}`);
  expect(new Set(keys).size).toBe(keys.length);
  const run = await setup.run(runId);
  expect(run.totals.verified).toBe(2);
  expect(run.state).toBe('paused');
  expect(run.stateReason).toBe('pilotDone');
});
