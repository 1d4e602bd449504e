import { expect, it } from 'vitest';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import { setUpRuns } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const hourMs = 3_600_000;

/** The engine with a clock that is set, by so much, at the first call of every third person. */
async function withSetClock(jumpMs: number) {
  const setup = await setUpRuns({ users: 300 });
  let aheadMs = 0;
  const now = (): Date => new Date(Date.now() + aheadMs);
  let calls = 0;
  const deps = { ...setup.runDeps, now, openVendor: async (...args: Parameters<typeof setup.runDeps.openVendor>) => {
    const vendor = await setup.runDeps.openVendor(...args);
    return { ...vendor, apply: (...call: Parameters<typeof vendor.apply>) => {
      calls += 1;
      if (calls % 3 === 0) aheadMs += jumpMs;
      return vendor.apply(...call);
    } };
  } };
  return { setup, deps };
}

it.each([5 * hourMs, -5 * hourMs])('the clock is set by %i ms again and again: every effect comes once, and an undo gives all of it back', async (jumpMs) => {
  const { setup, deps } = await withSetClock(jumpMs);
  const mark = setup.sandbox.journal.length;
  // Some answers are lost on top of it, so that there is something to settle.
  setup.sandbox.faults.add({ operation: 'memberships.remove', skip: 1, times: 1, effect: { kind: 'dropAfterWrite', how: 'reset' } });
  const work = (runId: string) => workOnRun(deps, runId, new AbortController().signal);
  const runId = await setup.apply(await setup.plan(order), 8);
  expect(await work(runId)).toBeNull();
  expect((await setup.run(runId)).totals).toMatchObject({ verified: 8, failed: 0, uncertain: 0 });
  const taken = setup.sandbox.journal.effects({ afterSeq: mark }).map((effect) => `${effect.accountId} ${effect.groupId ?? effect.resourceId}`);
  expect(taken.length).toBeGreaterThanOrEqual(8);
  expect(new Set(taken).size).toBe(taken.length);
  const middle = setup.sandbox.journal.length;
  const undoId = await setup.apply(await setup.undo(runId));
  expect(await work(undoId)).toBeNull();
  const given = setup.sandbox.journal.effects({ afterSeq: middle }).map((effect) => `${effect.accountId} ${effect.groupId ?? effect.resourceId}`);
  expect(given.toSorted()).toEqual(taken.toSorted());
});

it('a wait that was written down before the clock was set back is over', async () => {
  const { setup, deps } = await withSetClock(0);
  const runId = await setup.apply(await setup.plan(order), 4);
  setup.sandbox.faults.add({ operation: 'memberships.remove', skip: 1, times: 1, effect: { kind: 'status', status: 429, headers: { 'retry-after': '120' } } });
  expect(await workOnRun(deps, runId, new AbortController().signal)).not.toBeNull();
  // As if the clock had stood five hours further when this was written.
  await setup.database.pool.query("update run_item set not_before = not_before + interval '5 hours', updated_at = updated_at + interval '5 hours' where not_before is not null");
  const mark = setup.sandbox.journal.length;
  await workOnRun(deps, runId, new AbortController().signal);
  expect((await setup.run(runId)).totals).toMatchObject({ verified: 4, pending: expect.any(Number) });
  expect(setup.sandbox.journal.requests({ afterSeq: mark }).length).toBeGreaterThan(0);
});

it('an intent that a dead worker left is not believed to be old because the clock was set forward: the whole time is waited out before it is made again', async () => {
  const { setup, deps } = await withSetClock(0);
  const runId = await setup.apply(await setup.plan(order), 1);
  const dying = { ...deps, openVendor: async (...args: Parameters<typeof deps.openVendor>) => ({ ...(await deps.openVendor(...args)), apply: () => Promise.reject(new Error('the process is gone')) }) };
  await expect(workOnRun(dying, runId, new AbortController().signal)).rejects.toThrow('the process is gone');
  await setup.database.pool.query("update run_call set intent_at = intent_at - interval '5 hours' where state = 'intent'");
  const slept: number[] = [];
  const patient = { ...deps, timing: { ...deps.timing, requestTimeoutMs: 3_000, consistencyMs: 3_000 }, sleep: (milliseconds: number) => {
    slept.push(milliseconds);
    return Promise.resolve();
  } };
  await workOnRun(patient, runId, new AbortController().signal);
  expect(Math.max(...slept)).toBeGreaterThan(4_000);
  expect((await setup.run(runId)).totals.verified).toBe(1);
});

it('an intent from a clock that went ahead is settled at once after that time, not when the clock has caught up', async () => {
  const { setup, deps } = await withSetClock(0);
  const runId = await setup.apply(await setup.plan(order), 1);
  const dying = { ...deps, openVendor: async (...args: Parameters<typeof deps.openVendor>) => ({ ...(await deps.openVendor(...args)), apply: () => Promise.reject(new Error('the process is gone')) }) };
  await expect(workOnRun(dying, runId, new AbortController().signal)).rejects.toThrow('the process is gone');
  await setup.database.pool.query("update run_call set intent_at = intent_at + interval '5 hours' where state = 'intent'");
  await workOnRun(deps, runId, new AbortController().signal);
  expect((await setup.run(runId)).totals.verified).toBe(1);
});
