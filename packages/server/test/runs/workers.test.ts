import { expect, it, onTestFinished } from 'vitest';
import { createJobs } from '../../src/jobs/index.ts';
import { runQueue } from '../../src/features/runs/index.ts';
import { startRunWorkers } from '../../src/features/runs/run-workers.ts';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };

/** A run that was applied, and the real queue, in which no job of it stands. */
async function applied(pilot: number) {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(order), pilot);
  const jobs = await createJobs({ connectionString: setup.database.connectionString, queues: [runQueue], onError: () => undefined });
  const stop = new AbortController();
  onTestFinished(async () => {
    stop.abort();
    await jobs.stop();
  });
  const mark = setup.sandbox.journal.length;
  const done = () => expect.poll(() => setup.run(runId), { timeout: 60_000 }).toMatchObject({ state: 'paused', totals: { verified: pilot, failed: 0, uncertain: 0 } });
  return { setup, jobs, signal: stop.signal, done, effects: () => effectsSince(setup, mark) };
}

function effectsSince(setup: RunSetup, mark: number): readonly string[] {
  return setup.sandbox.journal.effects({ afterSeq: mark }).map((effect) => `${effect.accountId} ${effect.groupId ?? effect.resourceId}`);
}

it('something that nobody expected is thrown in the middle of a run, the queue’s jobs are lost, and the last try was used up: the run is done all the same, nothing twice', async () => {
  const { setup, jobs, signal, done, effects } = await applied(5);
  let calls = 0;
  const openVendor: RunSetup['runDeps']['openVendor'] = async (...args) => {
    const vendor = await setup.runDeps.openVendor(...args);
    return { ...vendor, apply: async (...call) => {
      calls += 1;
      const outcome = await vendor.apply(...call);
      // After the change was made, and before anything is written down of it.
      if (calls === 2) {
        await setup.database.pool.query("delete from pgboss.job where name = 'run' and state <> 'active'");
        throw new TypeError('nobody thought of this');
      }
      return outcome;
    } };
  };
  // A job that has failed for the thirtieth time, as pg-boss leaves it.
  await jobs.enqueue(setup.database.db, runQueue, { sourceId: setup.sourceId }, { key: setup.sourceId });
  await setup.database.pool.query("update pgboss.job set state = 'failed', retry_count = 30 where name = 'run'");
  await startRunWorkers({ ...setup.runDeps, openVendor, jobs }, signal, { workers: 2, lookEveryMs: 300 });
  await done();
  expect(calls).toBeGreaterThan(2);
  expect(new Set(effects()).size).toBe(effects().length);
});
