import { paceOf, permitsAhead } from '@rollcall/connectors/kit';
import type { Permit, PermitRequest } from '@rollcall/connectors/kit';
import { afterAll, expect, test } from 'vitest';
import { createDatabase, createPool } from '../../src/db/index.ts';
import { postgresBudgets } from '../../src/features/budgets/index.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
const otherPool = createPool({ connectionString: database.connectionString, applicationName: 'other node', onError: () => undefined });
afterAll(async () => {
  await otherPool.end();
  await database.drop();
});

const budgets = postgresBudgets(database.db, () => new Date());
/** Another node, whose clock is an hour slow. */
const slowNode = postgresBudgets(createDatabase(otherPool), () => new Date(Date.now() - 3_600_000));
// A window of ten days: no permit falls due while a test runs.
const long = { allowed: 200, windowSeconds: 864_000 } as const;
const pace = paceOf(long);

let number = 0;
function request(lane: PermitRequest['lane'] = 'interactive', limit: { allowed: number; windowSeconds: number } = long): PermitRequest {
  number += 1;
  return { tenant: `tenant ${number}`, group: 'search', lane, ...limit };
}
const granted = (permits: readonly Permit[]): number => permits.filter((permit) => 'grantedAt' in permit).length;

test('many askers on two nodes get the burst between them and not one more', async () => {
  const asked = request();
  const permits = await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? budgets : slowNode).acquire(asked)));
  expect(granted(permits)).toBe(pace.burst);
});

test('the refused are told when the next permit falls due, in their own clock', async () => {
  const asked = request();
  for (let n = 0; n < pace.burst; n += 1) await budgets.acquire(asked);
  const fast = await budgets.acquire(asked);
  const slow = await slowNode.acquire(asked);
  expect('retryAt' in fast && 'retryAt' in slow).toBe(true);
  if (!('retryAt' in fast) || !('retryAt' in slow)) return;
  const inMs = fast.retryAt.getTime() - Date.now();
  expect(inMs).toBeGreaterThan(pace.intervalMs * 0.9);
  expect(inMs).toBeLessThanOrEqual(pace.intervalMs);
  expect(fast.retryAt.getTime() - slow.retryAt.getTime()).toBeGreaterThan(3_500_000);
});

test('a lower lane leaves permits for the higher ones', async () => {
  const asked = request('sync');
  while ('grantedAt' in (await budgets.acquire(asked)));
  for (const lane of ['verify', 'run', 'interactive'] as const) {
    const taken = await budgets.acquire({ ...asked, lane });
    expect({ lane, granted: 'grantedAt' in taken }).toStrictEqual({ lane, granted: true });
    while ('grantedAt' in (await budgets.acquire({ ...asked, lane })));
  }
  expect(permitsAhead(pace, 'sync')).toBeLessThan(permitsAhead(pace, 'interactive'));
});

test('a cooled group grants nothing until then, a longer cooling stands, other groups go on', async () => {
  const asked = request();
  await budgets.cool({ tenant: asked.tenant, group: asked.group, until: new Date(Date.now() + 600_000) });
  await budgets.cool({ tenant: asked.tenant, group: asked.group, until: new Date(Date.now() + 60_000) });
  const refused = await budgets.acquire(asked);
  expect('retryAt' in refused && refused.retryAt.getTime() - Date.now() > 500_000).toBe(true);
  expect('grantedAt' in (await budgets.acquire({ ...asked, group: 'writes' }))).toBe(true);
  await budgets.cool({ tenant: 'over', group: 'search', until: new Date(Date.now() - 1000) });
  expect('grantedAt' in (await budgets.acquire({ ...asked, tenant: 'over' }))).toBe(true);
});

test('what was taken under one limit counts under the next', async () => {
  const asked = request();
  for (let n = 0; n < pace.burst; n += 1) await budgets.acquire(asked);
  const tighter = { ...asked, allowed: 100 };
  expect(granted(await Promise.all(Array.from({ length: 20 }, () => budgets.acquire(tighter))))).toBe(0);
});

test('permits fall due again', async () => {
  const asked = request('sync', { allowed: 60_000, windowSeconds: 1 });
  let count = 0;
  // 57,600 a second: however slow this test is, it cannot take them faster than they fall due for ever.
  for (let n = 0; n < 200; n += 1) count += granted([await budgets.acquire(asked)]);
  expect(count).toBe(200);
});
