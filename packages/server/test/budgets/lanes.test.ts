import { memoryBudgets } from '@rollcall/connectors/kit';
import type { Budgets, Lane } from '@rollcall/connectors/kit';
import { afterAll, expect, test } from 'vitest';
import { createDatabase, createPool } from '../../src/db/index.ts';
import { postgresBudgets } from '../../src/features/budgets/index.ts';
import { testDatabase } from '../support/database.ts';
import { giveClock } from '../support/shifting-clock.ts';

const start = new Date('2026-11-23T08:00:00Z');
const database = await testDatabase();
const clock = await giveClock(database, start);
let elapsedMs = 0;
const now = (): Date => new Date(start.getTime() + elapsedMs);
const pools = [0, 1].map((node) => createPool({ connectionString: database.connectionString, applicationName: `node ${node}`, onError: () => undefined }));
const nodes: readonly Budgets[] = pools.map((pool) => postgresBudgets(createDatabase(pool), now, () => elapsedMs));
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await clock.close();
  await database.drop();
});

interface Asker {
  readonly lane: Lane;
  readonly node: number;
  /** From when on, and how long after a permit it asks for the next one. */
  readonly fromMs: number;
  readonly pauseMs: number;
}
interface Grant {
  readonly atMs: number;
  readonly lane: Lane;
}

/** Askers that wait as they are told, in virtual time. Each comes back a little late, as timers do. */
async function simulate(budgetsOf: (node: number) => Budgets, limit: { tenant: string; allowed: number; windowSeconds: number }, askers: readonly Asker[], untilMs: number): Promise<readonly Grant[]> {
  const grants: Grant[] = [];
  const next = askers.map((asker) => asker.fromMs);
  for (;;) {
    const turn = next.indexOf(Math.min(...next));
    const asker = askers[turn];
    const atMs = next[turn];
    if (asker === undefined || atMs === undefined || atMs > untilMs) return grants;
    elapsedMs = atMs;
    if (budgetsOf !== inMemory) await clock.set(elapsedMs);
    const permit = await budgetsOf(asker.node).acquire({ group: 'g', lane: asker.lane, ...limit });
    if ('grantedAt' in permit) grants.push({ atMs, lane: asker.lane });
    next[turn] = 'grantedAt' in permit ? atMs + asker.pauseMs : permit.retryAt.getTime() - start.getTime() + 3 + turn;
  }
}

function mostInWindow(grants: readonly Grant[], windowMs: number): number {
  return Math.max(...grants.map(({ atMs }) => grants.filter((other) => other.atMs >= atMs && other.atMs < atMs + windowMs).length));
}
const shareOf = (grants: readonly Grant[], lane: Lane): number => grants.filter((grant) => grant.lane === lane).length / grants.length;
const asker = (lane: Lane, node: number, fromMs = 0, pauseMs = 1): Asker => ({ lane, node, fromMs, pauseMs });

const oneProcess = memoryBudgets(now);
const inMemory = (): Budgets => oneProcess;
const onTwoNodes = (node: number): Budgets => nodes[node] ?? never();
/** Two statements for each try: the database is asked at the limits where nothing but the rules of lanes decides, the same rules in memory at all others. */
const everywhere = [...[2, 6, 10, 30, 66, 67, 200, 600].map((allowed) => [allowed, 'memory', inMemory] as const), ...[10].map((allowed) => [allowed, 'the database', onTwoNodes] as const)];

test.each(everywhere)('at %i requests a minute, counted in %s, an undo does not wait for a sync, and the limit is kept', async (allowed, _where, budgetsOf) => {
  const limit = { tenant: `undo ${allowed}`, allowed, windowSeconds: 60 };
  const from = 70_000;
  const until = from + Math.max(100_000, 2_000_000 / allowed);
  const grants = await simulate(budgetsOf, limit, [asker('sync', 0), asker('sync', 1, 7), asker('run', 1, from), asker('run', 0, from + 11)], until);
  expect(mostInWindow(grants, 60_000)).toBeLessThanOrEqual(allowed);
  const since = grants.filter((grant) => grant.atMs > from);
  // Nine of ten are the run's: the tenth lets the sync go on.
  expect(shareOf(since, 'run')).toBeGreaterThan(0.8);
  expect(shareOf(since, 'run')).toBeLessThan(1);
  const firstOfRun = since.findIndex((grant) => grant.lane === 'run');
  expect(firstOfRun).toBeLessThanOrEqual(1);
});

test.each(everywhere.filter(([allowed, where]) => allowed >= 10 && where === 'memory'))('at %i requests a minute, counted in %s, re-checks without a pause leave a run its share', async (allowed, _where, budgetsOf) => {
  const limit = { tenant: `fair ${allowed}`, allowed, windowSeconds: 60 };
  const grants = await simulate(budgetsOf, limit, [...Array.from({ length: 3 }, (_, n) => asker('interactive', n % 2, n)), asker('run', 0, 50), asker('verify', 1, 60)], 60_000 + 2_000_000 / allowed);
  expect(mostInWindow(grants, 60_000)).toBeLessThanOrEqual(allowed);
  const settled = grants.slice(allowed);
  expect(shareOf(settled, 'run')).toBeGreaterThan(0.2);
  expect(shareOf(settled, 'verify')).toBeGreaterThan(0.1);
  expect(shareOf(settled, 'interactive')).toBeGreaterThan(0.4);
});

test('whoever does not come back loses its place after a second, and the sync goes on', async () => {
  const limit = { tenant: 'gone', allowed: 10, windowSeconds: 60 };
  const grants = await simulate(onTwoNodes, limit, [asker('sync', 0), asker('interactive', 1, 60_500, 1_000_000)], 61_000);
  const told = await nodes[1]?.acquire({ group: 'g', lane: 'interactive', ...limit });
  expect(told).toHaveProperty('retryAt');
  const after = await simulate(onTwoNodes, limit, [asker('sync', 0, 61_100)], 181_000);
  expect(grants.length + after.length).toBeGreaterThanOrEqual(9 * 2);
});

test('in memory and in the database the same is granted and the same is answered', async () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const lanes: readonly Lane[] = ['interactive', 'run', 'verify', 'sync'];
  for (const allowed of [1, 9, 66, 67, 250]) {
    const counted = memoryBudgets(now);
    const asked = { tenant: `agree ${allowed}`, group: 'g', allowed, windowSeconds: 60 };
    for (let step = 0; step < 50; step += 1) {
      elapsedMs += random(3) === 0 ? random(3_000) : random(400);
      await clock.set(elapsedMs);
      const lane = lanes[random(4)] ?? never();
      const [here, there] = await Promise.all([counted.acquire({ ...asked, lane }), nodes[step % 2]?.acquire({ ...asked, lane })]);
      expect({ allowed, step, lane, granted: there !== undefined && 'grantedAt' in there }).toStrictEqual({ allowed, step, lane, granted: 'grantedAt' in here });
      if ('retryAt' in here && there !== undefined && 'retryAt' in there) expect(Math.abs(here.retryAt.getTime() - there.retryAt.getTime())).toBeLessThanOrEqual(2);
    }
  }
});

function never(): never {
  throw new Error('There are two nodes and four lanes.');
}
