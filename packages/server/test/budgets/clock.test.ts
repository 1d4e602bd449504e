import { paceOf } from '@rollcall/connectors/kit';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createDatabase, createPool } from '../../src/db/index.ts';
import { postgresBudgets } from '../../src/features/budgets/index.ts';
import { testDatabase } from '../support/database.ts';
import { giveClock } from '../support/shifting-clock.ts';

const start = new Date('2026-11-23T08:00:00Z');
const hourMs = 3_600_000;
const database = await testDatabase();
const clock = await giveClock(database, start);
/** What time does, and what the database's clock makes of it. */
let elapsedMs = 0;
let setMs = 0;
const pools = [0, 1].map((node) => createPool({ connectionString: database.connectionString, applicationName: `node ${node}`, onError: () => undefined }));
const makeNodes = () => pools.map((pool) => postgresBudgets(createDatabase(pool), () => new Date(start.getTime() + elapsedMs), () => elapsedMs));
let nodes = makeNodes();
let number = 0;
beforeEach(() => {
  elapsedMs = 0;
  setMs = 0;
  number += 1;
  nodes = makeNodes();
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await clock.close();
  await database.drop();
});

async function at(ms: number): Promise<void> {
  elapsedMs = ms;
  await clock.set(elapsedMs + setMs);
}

/** Takes what it gets on both nodes, as soon as it is told to come back, for so long; the real moments of what was granted. */
async function takeAll(asked: { tenant: string; allowed: number; windowSeconds: number }, untilMs: number): Promise<readonly number[]> {
  const granted: number[] = [];
  for (;;) {
    const permits = await Promise.all(nodes.map((node) => node.acquire({ ...asked, group: 'g', lane: 'interactive' })));
    const refused = permits.flatMap((permit) => ('retryAt' in permit ? [permit.retryAt.getTime() - start.getTime()] : []));
    for (let n = refused.length; n < permits.length; n += 1) granted.push(elapsedMs);
    if (refused.length < permits.length) continue;
    const next = Math.max(Math.min(...refused), elapsedMs + 1);
    if (next > untilMs) return granted;
    await at(next);
  }
}

function mostInWindow(moments: readonly number[], windowMs: number): number {
  return Math.max(...moments.map((from) => moments.filter((moment) => moment >= from && moment < from + windowMs).length));
}

test.each([6 * hourMs, -6 * hourMs])('the database’s clock is set by %i ms in the middle: the limit is kept, and nobody waits for longer than a window', async (jumpMs) => {
  const asked = { tenant: `jump ${number}`, allowed: 100, windowSeconds: 6 };
  await at(0);
  const before = await takeAll(asked, 4_000);
  setMs = jumpMs;
  await at(elapsedMs);
  const after = await takeAll(asked, 14_000);
  expect(before.length).toBeGreaterThan(50);
  expect(mostInWindow([...before, ...after], 6_000)).toBeLessThanOrEqual(100);
  // A window at most is waited for, and then the limit is used again.
  expect(after.length).toBeGreaterThan(paceOf(asked).perWindow * 0.6);
});

test('a wait that the vendor asked for is never longer than it asked, however far the clock is set back, and is waited for again', async () => {
  const asked = { tenant: `cooled ${number}`, group: 'g', lane: 'run', allowed: 200, windowSeconds: 60 } as const;
  await at(0);
  await nodes[0]?.acquire(asked);
  await nodes[0]?.cool({ ...asked, until: new Date(start.getTime() + 120_000) });
  setMs = -6 * hourMs;
  await at(30_000);
  const told = await nodes[1]?.acquire(asked);
  expect(told).toStrictEqual({ retryAt: new Date(start.getTime() + 150_000) });
  await at(150_001);
  expect(await nodes[1]?.acquire(asked)).toHaveProperty('grantedAt');
});

test('a place that a lane kept before the clock was set back keeps nobody waiting', async () => {
  const asked = { tenant: `place ${number}`, group: 'g', allowed: 10, windowSeconds: 60 } as const;
  await at(0);
  await nodes[0]?.acquire({ ...asked, lane: 'run' });
  expect(await nodes[0]?.acquire({ ...asked, lane: 'run' })).toHaveProperty('retryAt');
  setMs = -6 * hourMs;
  await at(1_000);
  await nodes[1]?.acquire({ ...asked, lane: 'sync' });
  await at(61_001);
  expect(await nodes[1]?.acquire({ ...asked, lane: 'sync' })).toHaveProperty('grantedAt');
});
