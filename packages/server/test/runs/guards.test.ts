import { expect, it } from 'vitest';
import { setUpRuns } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const failing = (plan: { guards: readonly { name: string; passed: boolean }[] }) => plan.guards.filter((guard) => !guard.passed).map((guard) => guard.name);

it('refuses beyond the caps, and never shortens', async () => {
  const setup = await setUpRuns({ users: 400 });
  const plan = await setup.plan({ ...order, caps: { people: 3 } });
  expect(plan.state).toBe('refused');
  expect(failing(plan)).toEqual(['people']);
  expect(plan.totals?.act).toBeGreaterThan(3);
  expect(failing(await setup.plan({ ...order, caps: { percent: 0.5 } }))).toEqual(['percent']);
  await expect(setup.apply(plan)).rejects.toMatchObject({ facts: { code: 'planNotReady' } });
});

it('refuses stale data, a canary, a held reading and a short period', async () => {
  const setup = await setUpRuns({ users: 300 });
  const { db } = setup.database;
  expect(failing(await setup.plan({ ...order, selection: { ...order.selection, period: '10d' } }))).toEqual(['shortPeriod']);
  expect(failing(await setup.plan({ ...order, selection: { ...order.selection, q: 'app = jira AND lastActive < -5d', period: '90d' } }))).toEqual(['shortPeriod']);
  expect((await setup.plan({ ...order, selection: { ...order.selection, period: '10d' }, shortPeriodReason: 'the project ended last week' })).state).toBe('ready');
  const first = await setup.plan(order);
  const { items } = { items: await db.selectFrom('plan_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.plan_id', '=', first.id).where('i.decision', '=', 'act').select('a.vendor_id').limit(1).execute() };
  await db.insertInto('exemption').values({ id: setup.deps.newId(), workspace_id: setup.workspaceId, kind: 'account', realm_id: setup.realmId, subject: items[0]?.vendor_id ?? '', label: 'canary', canary: true, reason: 'canary', owner: 'IT', created_by: 'test' }).execute();
  expect(failing(await setup.plan(order))).toEqual(['canary']);
  await db.updateTable('exemption').set({ ended_at: new Date() }).execute();
  await db.updateTable('source').set({ last_full_read_at: new Date(Date.now() - 72 * 3_600_000) }).execute();
  expect(failing(await setup.plan(order))).toEqual(['freshData']);
  await db.updateTable('source').set({ last_full_read_at: new Date() }).execute();
  await db.insertInto('sync').values({ id: setup.deps.newId(), workspace_id: setup.workspaceId, source_id: setup.sourceId, state: 'held', requested_by: 'test' }).execute();
  expect(failing(await setup.plan(order))).toEqual(['suspiciousData']);
});

it('refuses to apply what is not what was seen', async () => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(order);
  await expect(setup.apply({ ...plan, digest: '0'.repeat(64) })).rejects.toMatchObject({ facts: { code: 'digestMismatch' } });
  await expect(setup.apply({ ...plan, sourceName: 'Other' })).rejects.toMatchObject({ facts: { code: 'confirmationMismatch' } });
  await setup.database.db.updateTable('source').set({ read_only: true }).execute();
  await expect(setup.apply(plan)).rejects.toMatchObject({ facts: { code: 'readOnlySource' } });
  await setup.database.db.updateTable('source').set({ read_only: false }).execute();
  await setup.database.db.updateTable('workspace').set({ paused_at: new Date(), paused_by: 'x', paused_reason: 'stop' }).execute();
  await expect(setup.apply(plan)).rejects.toMatchObject({ facts: { code: 'paused' } });
  await setup.database.db.updateTable('workspace').set({ paused_at: null }).execute();
  await setup.database.db.updateTable('plan_item').set({ decision: 'act' }).where('plan_id', '=', plan.id).execute();
  await setup.database.db.updateTable('plan_item').set({ reason: 'matches' }).where('plan_id', '=', plan.id).where('seq', '=', 1).execute();
  await expect(setup.apply(plan)).rejects.toMatchObject({ facts: { code: 'digestMismatch' } });
});

it('a plan can be applied once, and not after it expired', async () => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(order);
  await setup.apply(plan, 1);
  await expect(setup.apply(plan)).rejects.toMatchObject({ facts: { code: 'conflict' } });
  const late = await setup.plan(order);
  await setup.database.db.updateTable('plan').set({ expires_at: new Date(Date.now() - 1) }).where('id', '=', late.id).execute();
  await expect(setup.apply(late)).rejects.toMatchObject({ facts: { code: 'planExpired' } });
});
