import { memoryBudgets, paceOf } from '@rollcall/connectors/kit';
import type { Lane } from '@rollcall/connectors/kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const lanes: readonly Lane[] = ['interactive', 'run', 'verify', 'sync'];

/** The most grants in any window of the length, by counting at every grant. */
function mostInWindow(grants: readonly number[], windowMs: number): number {
  let most = 0;
  for (const [first, from] of grants.entries()) {
    let count = 0;
    for (let at = first; at < grants.length && (grants[at] ?? 0) <= from + windowMs; at += 1) count += 1;
    most = Math.max(most, count);
  }
  return most;
}

describe('budgets in memory', () => {
  test('no window, wherever it starts, sees more than the vendor allows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 700 }),
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.record({ pauseMs: fc.integer({ min: 0, max: 3000 }), lane: fc.constantFrom(...lanes) }), { maxLength: 500 }),
        async (allowed, windowSeconds, steps) => {
          let at = 1_000_000;
          const budgets = memoryBudgets(() => new Date(at));
          const grants: number[] = [];
          for (const { pauseMs, lane } of steps) {
            at += pauseMs;
            if ('grantedAt' in (await budgets.acquire({ tenant: 't', group: 'g', lane, allowed, windowSeconds }))) grants.push(at);
          }
          // With one a window, a second may fall on the closing edge.
          expect(mostInWindow(grants, windowSeconds * 1000 - 1)).toBeLessThanOrEqual(Math.max(allowed, 1));
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([200, 350, 600, 5000])('a lane that waits as told uses at least 95 %% of %i a minute', async (allowed) => {
    let at = 0;
    const budgets = memoryBudgets(() => new Date(at));
    const grants: number[] = [];
    while (at < 600_000) {
      const permit = await budgets.acquire({ tenant: 't', group: 'g', lane: 'sync', allowed, windowSeconds: 60 });
      if ('grantedAt' in permit) grants.push(at);
      else at = permit.retryAt.getTime();
    }
    expect(grants.length).toBeGreaterThanOrEqual(0.95 * allowed * 10);
    expect(mostInWindow(grants, 60_000)).toBeLessThanOrEqual(allowed);
  });

  test('a sync that takes all it can leaves permits for a run and for a person', async () => {
    const budgets = memoryBudgets(() => new Date(0));
    const limit = { tenant: 't', group: 'g', allowed: 600, windowSeconds: 60 };
    while ('grantedAt' in (await budgets.acquire({ ...limit, lane: 'sync' })));
    expect('grantedAt' in (await budgets.acquire({ ...limit, lane: 'run' }))).toBe(true);
    while ('grantedAt' in (await budgets.acquire({ ...limit, lane: 'run' })));
    expect('grantedAt' in (await budgets.acquire({ ...limit, lane: 'interactive' }))).toBe(true);
  });

  test('cooling stops a group for everybody until then; a shorter one does not shorten it', async () => {
    let at = 0;
    const budgets = memoryBudgets(() => new Date(at));
    const asked = { tenant: 't', group: 'g', lane: 'interactive', allowed: 600, windowSeconds: 60 } as const;
    await budgets.cool({ tenant: 't', group: 'g', until: new Date(30_000) });
    await budgets.cool({ tenant: 't', group: 'g', until: new Date(10_000) });
    expect(await budgets.acquire(asked)).toStrictEqual({ retryAt: new Date(30_000) });
    expect('grantedAt' in (await budgets.acquire({ ...asked, tenant: 'other' }))).toBe(true);
    at = 30_000;
    expect('grantedAt' in (await budgets.acquire(asked))).toBe(true);
  });

  test('the pace leaves room for the burst and a margin', () => {
    expect(paceOf({ allowed: 200, windowSeconds: 60 })).toStrictEqual({ burst: 6, perWindow: 192, intervalMs: 312.5 });
  });
});
