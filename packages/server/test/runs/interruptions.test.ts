import { expect, it, onTestFinished, vi } from 'vitest';
import { cancelRun, pauseRun, resumeRun } from '../../src/features/runs/run-commands.ts';
import { recheckItem } from '../../src/features/runs/recheck-item.ts';
import { readRunItem } from '../../src/features/runs/run-items.ts';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const jobs = { enqueue: () => Promise.resolve(null) };

it('a pilot does the first few, and the rest when it is resumed', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order), 2);
  await setup.work(runId);
  const pilot = await setup.run(runId);
  expect(pilot).toMatchObject({ state: 'paused', stateReason: 'pilotDone', totals: { verified: 2 } });
  await resumeRun({ ...setup.deps, jobs }, setup.scope, runId);
  await setup.work(runId);
  expect(await setup.run(runId)).toMatchObject({ state: 'done', totals: { pending: 0 } });
});

it('cancel leaves the rest untouched', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order), 1);
  await setup.work(runId);
  await cancelRun({ ...setup.deps, jobs }, setup.scope, runId);
  const mark = setup.sandbox.journal.length;
  await setup.work(runId);
  const run = await setup.run(runId);
  expect(run.state).toBe('cancelled');
  expect(run.totals.cancelled).toBe(run.totals.total - 1);
  expect(setup.sandbox.journal.requests({ afterSeq: mark })).toEqual([]);
});

it('a paused run makes no request; the pause of everything stops it too', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order));
  await pauseRun({ ...setup.deps, jobs }, setup.scope, runId);
  const mark = setup.sandbox.journal.length;
  await setup.work(runId);
  expect(setup.sandbox.journal.requests({ afterSeq: mark })).toEqual([]);
  await resumeRun({ ...setup.deps, jobs }, setup.scope, runId);
  await setup.database.db.updateTable('workspace').set({ paused_at: new Date(), paused_by: 'x', paused_reason: 'stop' }).execute();
  await setup.work(runId);
  expect(setup.sandbox.journal.requests({ afterSeq: mark })).toEqual([]);
  expect(await setup.run(runId)).toMatchObject({ state: 'paused', stateReason: 'everythingPaused' });
});

it.each([
  ['paused', (setup) => pauseRun({ ...setup.deps, jobs }, setup.scope, setup.runId)],
  ['cancelled', (setup) => cancelRun({ ...setup.deps, jobs }, setup.scope, setup.runId)],
  ['stopped by the pause of everything', async ({ database }) => { await database.db.updateTable('workspace').set({ paused_at: new Date(), paused_by: 'x', paused_reason: 'stop' }).execute(); }],
  ['stopped by a source that may not be changed any more', async ({ database }) => { await database.db.updateTable('source').set({ read_only: true }).execute(); }],
] satisfies readonly (readonly [string, (setup: RunSetup & { readonly runId: string }) => Promise<void>])[])('whoever is being looked at when the run is %s is not begun', async (_how, stop) => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order));
  const looked = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  let looks = 0;
  const { first } = setup.runDeps.timing.peopleAtOnce;
  const held = { ...setup.runDeps, openVendor: async (...args: Parameters<typeof setup.runDeps.openVendor>) => {
    const vendor = await setup.runDeps.openVendor(...args);
    return { ...vendor, observe: async (accountId: string) => {
      const seen = await vendor.observe(accountId);
      looks += 1;
      if (looks === first) looked.resolve();
      await stopped.promise;
      return seen;
    } };
  } };
  const mark = setup.sandbox.journal.length;
  const working = workOnRun(held, runId, new AbortController().signal);
  await looked.promise;
  await stop({ ...setup, runId });
  stopped.resolve();
  await working;
  const run = await setup.run(runId);
  expect(['paused', 'cancelled']).toContain(run.state);
  expect(run.totals).toMatchObject(run.state === 'cancelled' ? { cancelled: run.totals.total } : { pending: run.totals.total });
  expect(looks).toBe(first);
  expect(setup.sandbox.journal.requests({ afterSeq: mark })).toEqual([]);
});

it('a key that is revoked in the middle pauses the run, and nobody is marked as failed for it', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order));
  setup.sandbox.faults.add({ operation: 'memberships.remove', skip: 2, effect: { kind: 'revokeKey' } });
  await setup.work(runId);
  const run = await setup.run(runId);
  expect(run).toMatchObject({ state: 'paused', stateReason: 'keyRefused', totals: { failed: 0 } });
  expect(run.totals.pending).toBeGreaterThan(0);
});

it('a long wait for the rate limit parks the run until then, and it goes on without doing anything twice', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order), 4);
  const mark = setup.sandbox.journal.length;
  setup.sandbox.faults.add({ operation: 'memberships.remove', skip: 1, effect: { kind: 'status', status: 429, headers: { 'retry-after': '120' } } });
  const wakeAt = await setup.work(runId);
  expect(wakeAt).not.toBeNull();
  expect(wakeAt?.getTime()).toBeGreaterThan(Date.now() + 60_000);
  await setup.database.db.updateTable('run_item').set({ not_before: null }).execute();
  await setup.database.db.deleteFrom('rate_budget').execute();
  await setup.work(runId);
  const effects = setup.sandbox.journal.effects({ afterSeq: mark }).map((effect) => `${effect.accountId} ${effect.groupId ?? effect.resourceId}`);
  expect(new Set(effects).size).toBe(effects.length);
  expect((await setup.run(runId)).totals.verified).toBe(4);
});

it('a worker that another one has taken over from writes nothing more', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order), 3);
  const slow = { ...setup.runDeps, openVendor: async (...args: Parameters<typeof setup.runDeps.openVendor>) => {
    const vendor = await setup.runDeps.openVendor(...args);
    return { ...vendor, observe: async (id: string) => {
      const seen = await vendor.observe(id);
      await setup.database.db.updateTable('run').set((eb) => ({ epoch: eb('epoch', '+', 1) })).where('id', '=', runId).execute();
      return seen;
    } };
  } };
  const mark = setup.sandbox.journal.length;
  await expect(workOnRun(slow, runId, new AbortController().signal)).rejects.toThrow('fenced');
  expect(setup.sandbox.journal.requests({ afterSeq: mark })).toEqual([]);
  await setup.work(runId);
  expect((await setup.run(runId)).totals.verified).toBe(3);
});

it.each(['taken over', 'still ours'] as const)('a call that was held up after its intent is sent only while the run is ours: %s', async (fate) => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order), 1);
  const heldUp = { ...setup.runDeps, openVendor: async (...args: Parameters<typeof setup.runDeps.openVendor>) => {
    const vendor = await setup.runDeps.openVendor(...args);
    return { ...vendor, apply: async (...call: Parameters<typeof vendor.apply>) => {
      if (fate === 'taken over') await setup.database.db.updateTable('run').set((eb) => ({ epoch: eb('epoch', '+', 1) })).where('id', '=', runId).execute();
      await setup.database.pool.query("update run_call set intent_at = intent_at - interval '10 s' where state = 'intent'");
      const real = performance.now.bind(performance);
      const late = vi.spyOn(performance, 'now').mockImplementation(() => real() + 10_000);
      onTestFinished(() => late.mockRestore());
      return vendor.apply(...call);
    } };
  } };
  const mark = setup.sandbox.journal.length;
  const work = workOnRun(heldUp, runId, new AbortController().signal);
  if (fate === 'still ours') {
    await work;
    expect((await setup.run(runId)).totals.verified).toBe(1);
    const { rows } = await setup.database.pool.query("select 1 from run_call where run_id = $1 and outcome_at - intent_at > interval '9 s'", [runId]);
    expect(rows).toEqual([]);
    return;
  }
  await expect(work).rejects.toThrow('fenced');
  expect(setup.sandbox.journal.requests({ afterSeq: mark })).toEqual([]);
  await setup.work(runId);
  expect((await setup.run(runId)).totals.verified).toBe(1);
});

it('a re-check says when access came back after the run', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order), 1);
  await setup.work(runId);
  const item = await setup.database.db.selectFrom('run_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.run_id', '=', runId).where('i.state', '=', 'verified').select(['i.id', 'a.vendor_id']).executeTakeFirstOrThrow();
  const calls = await setup.database.db.selectFrom('run_call').where('run_item_id', '=', item.id).select('call').execute();
  const groupId = calls.flatMap((call) => ('groupId' in call.call ? [String(call.call.groupId)] : []))[0] ?? '';
  const recheck = () => recheckItem({ ...setup.deps, jobs }, setup.scope, runId, item.id, new AbortController().signal);
  await recheck();
  const answer = async () => (await readRunItem(setup.database.db, runId, item.id)).recheck?.answer;
  expect(await answer()).toBe('done');
  setup.sandbox.mutate({ kind: 'addToGroup', accountId: item.vendor_id, groupId });
  await recheck();
  expect(await answer()).toBe('notDone');
  expect((await readRunItem(setup.database.db, runId, item.id)).state).toBe('verified');
});
