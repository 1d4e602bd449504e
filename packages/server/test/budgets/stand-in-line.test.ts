import { memoryBudgets, paceOf } from '@rollcall/connectors/kit';
import type { Budgets, PermitRequest } from '@rollcall/connectors/kit';
import { describe, expect, it } from 'vitest';
import { standInLine } from '../../src/features/budgets/index.ts';

const request: PermitRequest = { tenant: 'acme', group: 'users', lane: 'run', allowed: 600, windowSeconds: 60 };
const { intervalMs, burst } = paceOf(request);

/** Time that passes only when everybody sleeps: whoever comes first is woken first. */
function world() {
  let at = Date.parse('2026-11-23T10:00:00Z');
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(at),
    sleep: (until: number) => new Promise<void>((wake) => { sleepers.push({ until, wake }); }),
    async pass(untilMs: number) {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers.toSorted((a, b) => a.until - b.until)[0];
        if (next === undefined || next.until > untilMs) return;
        sleepers.splice(sleepers.indexOf(next), 1);
        // A timer comes a little late.
        at = Math.max(at, next.until + 1);
        next.wake();
      }
    },
  };
}

function counted(inner: Budgets) {
  const counts = { asked: 0, granted: 0 };
  const budgets: Budgets = {
    async acquire(one) {
      counts.asked += 1;
      const permit = await inner.acquire(one);
      if ('grantedAt' in permit) counts.granted += 1;
      return permit;
    },
    cool: (scope) => inner.cool(scope),
  };
  return { counts, budgets };
}

/** Takes permits one after the other for ever, as the pipeline does. */
async function work(budgets: Budgets, { now, sleep }: ReturnType<typeof world>, of: PermitRequest, onPermit: () => void): Promise<never> {
  for (;;) {
    for (let waited = false; ; waited = true) {
      const permit = await budgets.acquire({ ...of, waited });
      if ('grantedAt' in permit) break;
      await sleep(Math.max(permit.retryAt.getTime(), now().getTime() + 1));
    }
    onPermit();
  }
}

describe('people of a run that wait for one budget', () => {
  it.each([1, 2, 10, 40])('%i of them come back one after the other, use the whole limit, and ask for hardly more than they get', async (people) => {
    const time = world();
    const { counts, budgets } = counted(memoryBudgets(time.now));
    const line = standInLine(budgets, time.now);
    const began = time.now().getTime();
    const got = Array.from({ length: people }, () => 0);
    got.forEach((_, n) => { void work(line, time, request, () => { got[n] = (got[n] ?? 0) + 1; }); });
    await time.pass(began + 60_000);
    // What falls due in a minute, and what may be taken ahead of it.
    expect(counts.granted).toBeGreaterThanOrEqual(Math.floor(60_000 / intervalMs) - 2);
    expect(counts.granted).toBeLessThanOrEqual(60_000 / intervalMs + burst);
    expect(counts.asked).toBeLessThan(counts.granted * 2.5);
    // Nobody is forgotten.
    expect(Math.min(...got)).toBeGreaterThan(0);
  });

  it('do not keep others waiting: another budget and another lane have lines of their own', async () => {
    const time = world();
    const { budgets } = counted(memoryBudgets(time.now));
    const line = standInLine(budgets, time.now);
    for (let n = 0; n < 30; n += 1) void work(line, time, request, () => undefined);
    await time.pass(time.now().getTime() + 5_000);
    expect(await line.acquire({ ...request, group: 'groups' })).toHaveProperty('grantedAt');
    const permit = await line.acquire({ ...request, lane: 'interactive' });
    const waits = 'retryAt' in permit ? permit.retryAt.getTime() - time.now().getTime() : 0;
    expect(waits).toBeLessThanOrEqual(2 * intervalMs);
  });

  it('are told of a long wait as it is, and of a line no longer than five seconds', async () => {
    const time = world();
    const line = standInLine(memoryBudgets(time.now), time.now);
    const until = new Date(time.now().getTime() + 45_000);
    await line.cool({ tenant: 'acme', group: 'users', until });
    expect(await line.acquire(request)).toEqual({ retryAt: until });
    expect(await line.acquire(request)).toEqual({ retryAt: until });
    const slow = { ...request, group: 'slow', allowed: 1, windowSeconds: 1.2 };
    const told = await Promise.all(Array.from({ length: 8 }, () => line.acquire(slow)));
    expect(told.filter((one) => 'grantedAt' in one)).toHaveLength(1);
    for (const one of told) if ('retryAt' in one) expect(one.retryAt.getTime() - time.now().getTime()).toBeLessThanOrEqual(5_000);
  });
});
