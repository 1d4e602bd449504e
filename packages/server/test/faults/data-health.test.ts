import { expect, it } from 'vitest';
import { postgresBudgets } from '../../src/features/budgets/index.ts';
import { readSource } from '../../src/features/sources/read-sources.ts';
import { setUpRuns } from '../runs/support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND usage = inactive', period: '90d' } };

it('a plan that rests on inactivity is refused while too much is unknown, and one that does not is not', async () => {
  const setup = await setUpRuns({ users: 120 });
  const guardOf = async (plan: typeof order | { action: 'suspend-access'; selection: { kind: 'query'; q: string; period: string } }) => {
    const made = await setup.plan(plan);
    return { state: made.state, guard: made.guards.find((one) => one.name === 'unknownActivity') };
  };
  expect(await guardOf(order)).toMatchObject({ state: 'ready', guard: { passed: true } });
  await setup.database.pool.query("update usage_day set last_kind = 'unknown', last_on = null, clock_on = null");
  const refused = await guardOf(order);
  expect(refused).toMatchObject({ state: 'refused', guard: { passed: false, values: { percent: 100, most: 75 } } });
  expect(refused.guard?.text).toMatch(/Of 100 %.*more than the 75 % that the settings allow.*Test the key in Sources and sync again/u);
  expect((await guardOf({ action: 'suspend-access', selection: { kind: 'query', q: 'status = active', period: '90d' } })).guard).toBeUndefined();
  await setup.database.db.updateTable('workspace').set({ settings: JSON.stringify({ caps: { people: 10_000, percent: 100 }, mostUnknownPercent: 100 }) }).execute();
  expect(await guardOf(order)).toMatchObject({ state: 'ready', guard: { passed: true } });
});

it('the health of a source tells age, unknown share, last error and what is left of the rate limit', async () => {
  const setup = await setUpRuns({ users: 60 });
  const { database, deps, scope, sandbox, sourceId } = setup;
  const health = async (hoursLater = 0) => (await readSource(database.db, scope, sourceId, new Date(Date.now() + hoursLater * 3_600_000))).health;
  const fresh = await health();
  expect(fresh).toMatchObject({ state: 'ready', ageHours: 0, staleAfterHours: 48, lastError: null, rates: [] });
  expect(fresh.accesses).toBeGreaterThan(0);
  expect(fresh.unknownAccesses).toBeLessThanOrEqual(fresh.accesses);
  expect(await health(72)).toMatchObject({ state: 'stale', ageHours: 72 });

  const budgets = postgresBudgets(database.db, deps.now);
  const tenant = `${new URL(sandbox.url).host}/${sandbox.orgId}`;
  for (let n = 0; n < 20; n += 1) await budgets.acquire({ tenant, group: 'search', lane: 'interactive', allowed: 6_000, windowSeconds: 60 });
  await budgets.acquire({ tenant: 'elsewhere/org', group: 'writes', lane: 'run', allowed: 600, windowSeconds: 60 });
  const [spent, ...others] = (await health()).rates;
  expect(others).toEqual([]);
  expect(spent).toMatchObject({ group: 'search', windowSeconds: 60, coolsUntil: null });
  expect(spent === undefined ? null : spent.allowed - spent.left).toBeGreaterThan(0);
  expect(spent === undefined ? null : spent.allowed - spent.left).toBeLessThanOrEqual(21);
  await budgets.cool({ tenant, group: 'search', until: new Date(Date.now() + 600_000) });
  const [cooled] = (await health()).rates;
  expect(cooled).toMatchObject({ group: 'search', left: 0 });
  expect(Date.parse(cooled?.coolsUntil ?? '')).toBeGreaterThan(Date.now());

  sandbox.faults.add({ operation: 'users.search', effect: { kind: 'revokeKey' } });
  await setup.sync();
  const failing = await health();
  expect(failing).toMatchObject({ state: 'failing', lastError: { problem: { code: 'auth' } }, lastFullReadAt: fresh.lastFullReadAt });
  expect(failing.lastError?.problem.text).toContain('Make a new key');
});
