import { expect, it } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { permissions } from '@rollcall/contract';
import { addDays, civilDateIn } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import { systemScope } from '../../src/app/scope.ts';
import { transaction } from '../../src/db/index.ts';
import { recordAudit } from '../../src/features/audit/index.ts';
import { buildPlan, readPlan } from '../../src/features/plans/index.ts';
import { createPlan } from '../../src/features/plans/create-plan.ts';
import { createExemption, endExemption } from '../../src/features/exemptions/exemption-store.ts';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

const removal = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const jobs = { enqueue: () => Promise.resolve(null) };
const daysAgo = (days: number): CivilDate => addDays(civilDateIn(new Date(), 'UTC'), -days);

async function items(setup: RunSetup, planId: string) {
  return setup.database.db.selectFrom('plan_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.plan_id', '=', planId).orderBy('i.seq').select(['a.id', 'a.vendor_id', 'a.email_domain', 'i.decision', 'i.reason', 'i.side_effects']).execute();
}
function some<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the world is too small');
  return found;
}

it('is built although others write to the audit trail meanwhile', async () => {
  const setup = await setUpRuns();
  const { db, pool } = setup.database;
  const { scope, deps } = setup;
  const id = await createPlan({ ...deps, jobs }, scope, { sourceId: setup.sourceId, params: {}, note: null, ...removal, selection: { ...removal.selection, except: [] } });
  let building: Promise<void> = Promise.resolve();
  await db.transaction().execute(async (blocker) => {
    // The build has its snapshot, and waits here while somebody else's event is written.
    await sql`lock table exemption in access exclusive mode`.execute(blocker);
    building = buildPlan(deps, id);
    const isWaiting = async (): Promise<boolean> => (await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(db)).rows.length > 0;
    while (!(await isWaiting())) await wait(20);
    await transaction(pool, (trx) => recordAudit(trx, scope, { kind: 'test.meanwhile', subjectKind: null, subjectId: null, payload: {} }, new Date()));
  });
  await building;
  expect((await readPlan(db, scope, id, new Date())).state).toBe('ready');
  const events = await db.selectFrom('audit_event').select('kind').orderBy('seq').execute();
  expect(events.map((event) => event.kind).slice(-3)).toEqual(['plan.ordered', 'test.meanwhile', 'plan.ready']);
});

it('whose exemption ended within the period needs a look, however it ended', async () => {
  const setup = await setUpRuns({ users: 400 });
  const { deps, scope } = setup;
  const [byHand, byDate, longAgo, byDomain] = (await items(setup, (await setup.plan(removal)).id)).filter((row) => row.decision === 'act');
  const exempt = (subject: string, kind: 'account' | 'domain', endsOn: CivilDate | null) => createExemption(deps, scope, { kind, sourceId: kind === 'account' ? setup.sourceId : null, subject, canary: false, reason: 'parental leave', owner: 'HR', endsOn });
  const hand = await exempt(some(byHand).vendor_id, 'account', null);
  await endExemption(deps, scope, hand.id);
  for (const [one, days] of [[byDate, 20], [longAgo, 200]] as const) {
    const { id } = await exempt(some(one).vendor_id, 'account', daysAgo(-5));
    await setup.database.db.updateTable('exemption').set({ ends_on: daysAgo(days) }).where('id', '=', id).execute();
  }
  // A sync computes the clock of every access anew.
  await setup.sync();
  const after = await items(setup, (await setup.plan({ ...removal, selection: { ...removal.selection, q: 'app = jira AND site = acme AND lastActive < -90d AND status = active' } })).id);
  const of = (one: { vendor_id: string } | undefined) => some(after.find((row) => row.vendor_id === some(one).vendor_id));
  expect(of(byHand)).toMatchObject({ decision: 'look', reason: 'clockStartedInPeriod' });
  expect(of(byDate)).toMatchObject({ decision: 'look', reason: 'clockStartedInPeriod' });
  expect(of(longAgo)).toMatchObject({ decision: 'act' });
  const domain = await exempt(some(byDomain).email_domain ?? '', 'domain', null);
  await endExemption(deps, scope, domain.id);
  expect((await items(setup, (await setup.plan(removal)).id)).filter((row) => row.email_domain === some(byDomain).email_domain && row.decision === 'act')).toEqual([]);
});

it('a clock that began before the period and after the limit of the query counts', async () => {
  const setup = await setUpRuns({ users: 400 });
  const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND lastActive < -300d AND status = active', period: 'last-3-months' } };
  const one = some((await items(setup, (await setup.plan(order)).id)).find((row) => row.decision === 'act'));
  await setup.database.db.updateTable('access').set({ clock_on: daysAgo(200) }).where('account_id', '=', one.id).execute();
  expect((await items(setup, (await setup.plan(order)).id)).find((row) => row.id === one.id)).toMatchObject({ decision: 'look', reason: 'clockStartedInPeriod' });
});

it('who is limited to sites neither cuts whole accounts nor apps they cannot see', async () => {
  const setup = await setUpRuns({ users: 1_500, neverActive: 'nullTimestamp' });
  const limited = { ...systemScope(setup.workspaceId, new Set(permissions)), sites: ['acme'] };
  await expect(setup.plan({ action: 'suspend-access', selection: removal.selection }, limited)).rejects.toMatchObject({ facts: { code: 'forbidden' } });
  const plan = await setup.plan(removal, limited);
  const rows = await items(setup, plan.id);
  expect(rows.filter((row) => row.decision === 'act').length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('acme-labs');
});

it('a canary that is named after the plan refuses its run', async () => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(removal);
  const one = some((await items(setup, plan.id)).find((row) => row.decision === 'act'));
  await createExemption(setup.deps, setup.scope, { kind: 'account', sourceId: setup.sourceId, subject: one.vendor_id, canary: true, reason: 'must never be here', owner: 'IT', endsOn: null });
  await expect(setup.apply(plan)).rejects.toMatchObject({ facts: { code: 'planNotReady' } });
});
