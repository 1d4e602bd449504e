import { expect, it } from 'vitest';
import { sql } from 'kysely';
import { listPlanItems } from '../../src/features/plans/plan-items.ts';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
type Plan = Awaited<ReturnType<RunSetup['plan']>>;

/** Numbers and days that a sentence speaks of, and that its values do not have. */
function missingFrom({ text, values }: Plan['guards'][number]): readonly string[] {
  const said = text.match(/\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)?/g) ?? [];
  const known = Object.values(values);
  return said.filter((one) => !known.includes(one) && !known.includes(Number(one)));
}

it('every number and day of a guard stands in its values, passed or refused', async () => {
  const setup = await setUpRuns({ users: 400 });
  const short = { ...order, selection: { ...order.selection, period: '10d' } };
  const plans = [await setup.plan(order), await setup.plan({ ...order, caps: { people: 3, percent: 0.5 } }), await setup.plan(short), await setup.plan({ ...short, shortPeriodReason: 'The project ended last week.' })];
  await setup.database.db.updateTable('source').set({ last_full_read_at: new Date(Date.now() - 72 * 3_600_000) }).execute();
  plans.push(await setup.plan(order));
  const guards = plans.flatMap((plan) => plan.guards);
  expect(new Set(guards.filter(({ passed }) => !passed).map(({ name }) => name))).toEqual(new Set(['people', 'percent', 'shortPeriod', 'freshData']));
  expect(guards.map((guard) => ({ text: guard.text, missing: missingFrom(guard) })).filter(({ missing }) => missing.length > 0)).toEqual([]);
  expect(guards.find(({ text }) => text.includes('project'))?.values).toEqual({ days: 10, reason: 'The project ended last week.' });
});

it('every name in the sentence of a call stands in its data', async () => {
  const setup = await setUpRuns({ users: 400 });
  const plans = [await setup.plan(order), await setup.plan({ ...order, action: 'suspend-access' })];
  const items = (await Promise.all(plans.map((plan) => listPlanItems(setup.database.db, plan.id, { decision: 'act', limit: 500 })))).flatMap((page) => page.items);
  const calls = items.flatMap((item) => item.calls);
  expect(new Set(calls.map(({ verb }) => verb)).size).toBeGreaterThan(1);
  for (const { text, data } of calls) {
    expect(text.includes(data.group ?? data.directory ?? data.role ?? 'nothing')).toBe(true);
    if (data.role !== undefined) expect(text).toContain(`on ${data.site ?? ''}`);
  }
});

it('a plan that could not be built says why, and what to do', async () => {
  const setup = await setUpRuns({ users: 60 });
  const { db } = setup.database;
  await sql`create function refuse_rows() returns trigger language plpgsql as $$ begin raise exception 'no room' using errcode = '53100'; end $$`.execute(db);
  await sql`create trigger refuse_rows before insert on plan_item for each statement execute function refuse_rows()`.execute(db);
  const full = await setup.plan(order);
  expect(full).toMatchObject({ state: 'failed', problem: { code: 'diskFull' }, totals: null });
  expect(full.problem?.text).toContain('Free some space');
  await sql`create or replace function refuse_rows() returns trigger language plpgsql as $$ begin raise exception 'the name of Mallory' using errcode = 'P0001'; end $$`.execute(db);
  const odd = await setup.plan(order);
  expect(odd).toMatchObject({ state: 'failed', problem: { code: 'failed' } });
  expect(JSON.stringify(odd)).not.toContain('Mallory');
  await sql`drop trigger refuse_rows on plan_item`.execute(db);
  expect((await setup.plan(order)).problem).toBeNull();
});
