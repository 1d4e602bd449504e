import { setTimeout as wait } from 'node:timers/promises';
import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox } from '@rollcall/sandbox';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from './support/free-port.ts';
import { startNode } from './support/nodes.ts';
import { postgresForThisTest } from './support/postgres.ts';
import { until } from './support/until.ts';
import { apply, changesOf, connect, organisation, planRemoval, readyPlan, requestSync, runDone, syncDone } from './support/work.ts';

const world = { seed: 71, users: 220, neverActive: 'nullTimestamp' } as const;
/**
 * What the vendor counts. We spend 200 a minute at an even pace: in six seconds 6 at once and 19 that fall due; the few that are under way can arrive together after a stall. Two
 * nodes with a budget each come to 38 and more.
 */
const counted = { limit: 33, windowMs: 6_000 } as const;

/** Re-checks some people at once, again and again after a pause, until told to end; tells each one that was answered. */
async function keepRechecking(client: Client, accountIds: readonly number[], pauseMs: number, signal: AbortSignal, answered: () => void = () => undefined): Promise<void> {
  const one = async (accountId: number): Promise<void> => {
    while (!signal.aborted) {
      await client.call(routes.inventory.recheck, { params: { accountId } });
      answered();
      await wait(pauseMs);
    }
  };
  await Promise.all(accountIds.map((id) => one(id)));
}

/** Re-checks at all nodes at once, without a pause, until so many requests have come. */
async function useUp(vendor: Sandbox, clients: readonly Client[], accountIds: readonly number[], requests: number): Promise<void> {
  const count = (): number => vendor.requestCounts()['lastActiveDates.get'] ?? 0;
  const enough = count() + requests;
  const stop = new AbortController();
  const all = Promise.all(clients.map((client, n) => keepRechecking(client, accountIds.slice(2 * n, 2 * n + 2), 0, stop.signal)));
  all.catch(() => undefined);
  await until('the limit is used', () => Promise.resolve(count() > enough));
  stop.abort();
  await all;
}

it('a sync that goes on and on delays neither re-checks nor a run nor its undo, and the nodes together keep one limit, also when they are killed and started again', async () => {
  const postgres = await postgresForThisTest();
  const node = () => startNode({ databaseUrl: postgres.url, settings: { ROLLCALL_SYNCS_AT_ONCE: '1' } });
  const [first, port, other] = await Promise.all([node(), freePort(), organisation({ users: 400, seed: 72, latencyMs: 1_000 })]);
  const { client } = first;
  await client.call(routes.session.changeSettings, { body: { caps: { people: 10_000, percent: 100 } } });
  // The first reading is quick; then the organisation says nothing of activity any more but one by one, 200 a minute.
  const quick = await startSandbox({ ...world, port });
  const sourceId = await connect(client, quick, 'Acme');
  await syncDone(client, await requestSync(client, sourceId));
  await quick.close();
  const slow = await startSandbox({ ...world, port, expandProductAccess: false, rateWindow: 'sliding', rateLimits: { lastActiveDates: counted } });
  onTestFinished(() => slow.close());
  const syncId = await requestSync(client, sourceId);
  const second = await node();
  await requestSync(client, await connect(client, other, 'Other'));
  const plan = await planRemoval(client, sourceId, 'Acme');
  await until('the sync asks one by one', async () => (slow.requestCounts()['lastActiveDates.get'] ?? 0) > 5);

  // Both nodes' syncs are busy. What people wait for is done all the same.
  const page = await client.call(routes.inventory.page, { query: { q: '', period: '90d', limit: 4 } });
  const accountIds = page.rows.map((row) => row.id);
  const stop = new AbortController();
  let answered = 0;
  const rechecks = keepRechecking(second.client, accountIds.slice(0, 1), 1_000, stop.signal, () => (answered += 1));
  rechecks.catch(() => undefined);
  const runId = await apply(second.client, plan, 2);
  expect(await runDone(second.client, runId)).toMatchObject({ totals: { verified: 2, failed: 0 } });
  const undo = await second.client.call(routes.runs.undo, { params: { runId } });
  const undone = await apply(second.client, await readyPlan(second.client, undo.id, 'Acme'));
  expect(await runDone(second.client, undone)).toMatchObject({ state: 'done', totals: { verified: 2, failed: 0 } });
  await until('a person was re-checked three times', () => Promise.resolve(answered >= 3));
  stop.abort();
  await rechecks;
  expect((await client.call(routes.sources.getSync, { params: { syncId } })).state).toBe('running');
  const taken = changesOf(slow, 0).filter((change) => change.startsWith('membershipRemoved') || change.startsWith('roleRevoked'));
  expect(changesOf(slow, 0).length).toBe(2 * taken.length);

  // Both nodes ask as much as they can; then they are killed, and one that was just started does.
  await useUp(slow, [first.client, second.client], accountIds, 30);
  for (const one of [first, second]) one.signal('SIGKILL');
  await Promise.all([first.exited, second.exited]);
  const third = await node();
  await useUp(slow, [third.client], accountIds, 10);
  expect(slow.limiter.stats()['lastActiveDates']).toMatchObject({ refused: 0 });
});
