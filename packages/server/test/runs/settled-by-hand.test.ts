import { expect, it } from 'vitest';
import { recheckItem } from '../../src/features/runs/recheck-item.ts';
import { settleByHand } from '../../src/features/runs/run-commands.ts';
import { listRunItems, readRunItem } from '../../src/features/runs/run-items.ts';
import { setUpRuns } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const jobs = { enqueue: () => Promise.resolve(null) };

it('a row that somebody settled says who and why; the vendor corrects what was settled as failed, and the undo knows of it', async () => {
  const setup = await setUpRuns({ users: 300 });
  const { db } = setup.database;
  const runId = await setup.apply(await setup.plan(order), 1);
  setup.sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'dropAfterWrite', how: 'reset' } });
  setup.sandbox.faults.add({ operation: 'users.search', skip: 1, times: 1_000, effect: { kind: 'status', status: 403 } });
  await setup.work(runId);
  setup.sandbox.faults.clear();
  const [item] = (await listRunItems(db, runId, { state: 'uncertain', limit: 10 })).items;
  if (item === undefined) throw new Error('The row should be uncertain.');
  const removed = setup.sandbox.journal.effects({ effect: 'membershipRemoved', accountId: item.vendorId });
  expect(removed.length).toBe(1);

  await settleByHand({ ...setup.deps, jobs }, setup.scope, runId, item.id, 'failed', 'Still in the group, it seemed.');
  const settled = await readRunItem(db, runId, item.id);
  expect(settled).toMatchObject({ state: 'failed', recheck: null, reason: { code: 'settledByHand', data: { by: setup.scope.actor.name, note: 'Still in the group, it seemed.' } } });
  expect(settled.message).toBe(item.message);

  await recheckItem({ ...setup.deps, jobs }, setup.scope, runId, item.id, new AbortController().signal);
  expect(await readRunItem(db, runId, item.id)).toMatchObject({ state: 'verified', reason: null, recheck: { answer: 'done' } });
  const undo = await setup.undo(runId);
  expect(undo.totals).toMatchObject({ act: 1, calls: 1 });
});
