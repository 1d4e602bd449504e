import { expect, it } from 'vitest';
import { setUpRuns } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };

it('settles a call whose answer was lost by asking, and makes no effect twice', async () => {
  const setup = await setUpRuns();
  const runId = await setup.apply(await setup.plan(order), 4);
  const mark = setup.sandbox.journal.length;
  setup.sandbox.faults.add({ operation: 'memberships.remove', skip: 1, times: 2, effect: { kind: 'dropAfterWrite', how: 'reset' } });
  await setup.work(runId);
  const run = await setup.run(runId);
  expect(run.totals).toMatchObject({ verified: 4, uncertain: 0, failed: 0 });
  const removals = setup.sandbox.journal.effects({ afterSeq: mark, effect: 'membershipRemoved' }).map((one) => `${one.accountId} ${one.groupId}`);
  expect(removals.length).toBeGreaterThanOrEqual(3);
  expect(new Set(removals).size).toBe(removals.length);
  // What took effect is not even asked for again.
  const requests = setup.sandbox.journal.requests({ afterSeq: mark, operation: 'memberships.remove' }).map((one) => `${one.accountId} ${one.groupId}`);
  expect(requests.toSorted()).toEqual(removals.toSorted());
});

it('makes a call again that was cut off before it took effect', async () => {
  const setup = await setUpRuns();
  const runId = await setup.apply(await setup.plan(order), 3);
  const mark = setup.sandbox.journal.length;
  setup.sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'reset' } });
  await setup.work(runId);
  expect((await setup.run(runId)).totals).toMatchObject({ verified: 3, uncertain: 0, failed: 0 });
  const removals = setup.sandbox.journal.effects({ afterSeq: mark, effect: 'membershipRemoved' }).map((one) => `${one.accountId} ${one.groupId}`);
  expect(new Set(removals).size).toBe(removals.length);
});

it('stops when most of the last people failed, and touches nobody after that', async () => {
  const setup = await setUpRuns({ users: 600 });
  const runId = await setup.apply(await setup.plan(order));
  const mark = setup.sandbox.journal.length;
  setup.sandbox.faults.add({ operation: 'memberships.remove', times: 1_000_000, effect: { kind: 'status', status: 403 } });
  await setup.work(runId);
  const run = await setup.run(runId);
  expect(run).toMatchObject({ state: 'paused', stateReason: 'tooManyFailures' });
  expect(setup.sandbox.journal.effects({ afterSeq: mark, effect: 'membershipRemoved' })).toEqual([]);
  expect(run.totals.failed).toBeGreaterThanOrEqual(10);
  expect(run.totals.pending).toBeGreaterThan(0);
});

it('goes on when the group was deleted meanwhile', async () => {
  const setup = await setUpRuns();
  const runId = await setup.apply(await setup.plan(order), 3);
  setup.sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'deleteGroup' } });
  await setup.work(runId);
  const run = await setup.run(runId);
  expect(run.totals.uncertain + run.totals.intent).toBe(0);
  expect(run.totals.verified + run.totals.alreadySo + run.totals.skipped + run.totals.failed).toBe(3);
});
