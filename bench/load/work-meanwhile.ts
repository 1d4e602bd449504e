import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError, routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import type { BenchSandbox } from '../sync/bench-sandbox.ts';

/** What went on beside the requests, told as counts. */
export interface WorkDone {
  syncs: number;
  runs: number;
  /** People of runs that were verified or put back. */
  people: number;
  /** Why work ended otherwise than it should, the first few. */
  readonly troubles: string[];
}

const lookEveryMs = 1_000;
/** One after the other: whoever was given access back is not inactive any more. */
const queries = ['acme', 'acme-labs'].flatMap((site) => ['jira', 'confluence', 'jira-servicemanagement'].map((app) => `app = ${app} AND site = ${site} AND usage IN (inactive, never) AND status = active`));

/** The simulated organisation, and how many requests a minute may be sent to it. */
export interface WorkedOn extends Pick<BenchSandbox, 'orgId' | 'url' | 'key' | 'keyOwner'> {
  readonly requestsPerMinute: number;
}

/** Connects the simulated organisation and reads it once; then syncs, and runs with their undoing, follow each other until `signal` is aborted. */
export async function startWork(client: Client, sandbox: WorkedOn, signal: AbortSignal): Promise<WorkDone> {
  await client.call(routes.session.changeSettings, { body: { caps: { people: 1_000_000, percent: 100 } } });
  const source = await client.call(routes.sources.create, {
    body: { kind: 'atlassian-org', name: 'Under load', organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: sandbox.key, keyOwner: sandbox.keyOwner, requestsPerMinute: sandbox.requestsPerMinute, syncEveryMinutes: null },
  });
  const done: WorkDone = { syncs: 0, runs: 0, people: 0, troubles: [] };
  await syncOnce(client, source.id, done, signal);
  void goOn(done, signal, () => syncOnce(client, source.id, done, signal));
  let turn = 0;
  void goOn(done, signal, async () => {
    const plan = await planOnce(client, source.id, queries[turn++ % queries.length] ?? '', signal);
    if ((plan.totals?.act ?? 0) === 0) {
      await wait(lookEveryMs, undefined, { signal });
      return;
    }
    const run = await runOnce(client, plan, done, signal);
    const ordered = await patiently(() => client.call(routes.runs.undo, { params: { runId: run } }), signal);
    await runOnce(client, await built(client, ordered.id, signal), done, signal);
  });
  return done;
}

type Plan = Awaited<ReturnType<typeof planOnce>>;

async function syncOnce(client: Client, sourceId: string, done: WorkDone, signal: AbortSignal): Promise<void> {
  const begun = await patiently(() => client.call(routes.sources.sync, { params: { sourceId } }, { signal }), signal);
  const sync = await until(() => client.call(routes.sources.getSync, { params: { syncId: begun.id } }, { signal }), ({ state }) => !['queued', 'running', 'finalising'].includes(state), signal);
  if (sync.state !== 'done') throw new Error(`A sync ended ${sync.state}: ${sync.problem?.code ?? 'no reason'}`);
  done.syncs += 1;
}

async function planOnce(client: Client, sourceId: string, query: string, signal: AbortSignal) {
  const ordered = await patiently(() => client.call(routes.plans.create, { body: { sourceId, action: 'remove-app-access', selection: { kind: 'query', q: query, period: '90d' } } }, { signal }), signal);
  return built(client, ordered.id, signal);
}

async function built(client: Client, planId: string, signal: AbortSignal) {
  const plan = await until(() => client.call(routes.plans.get, { params: { planId } }, { signal }), ({ state }) => state !== 'building', signal);
  if (plan.state !== 'ready') throw new Error(`A plan became ${plan.state}.`);
  return plan;
}

async function runOnce(client: Client, plan: Plan, done: WorkDone, signal: AbortSignal): Promise<string> {
  const body = { digest: plan.digest ?? '', sourceName: plan.sourceName, people: plan.typeBack, pilot: null };
  const begun = await patiently(() => client.call(routes.plans.apply, { params: { planId: plan.id }, body }, { signal }), signal);
  let people = 0;
  const run = await until(async () => {
    const now = await client.call(routes.runs.get, { params: { runId: begun.id } }, { signal });
    done.people += now.totals.verified - people;
    people = now.totals.verified;
    return now;
  }, ({ state }) => !['queued', 'running', 'cancelling'].includes(state), signal);
  if (run.state !== 'done') throw new Error(`A run ended ${run.state}: ${run.stateReason ?? 'no reason'}`);
  done.runs += 1;
  return run.id;
}

async function until<T>(read: () => Promise<T>, over: (value: T) => boolean, signal: AbortSignal): Promise<T> {
  for (;;) {
    const value = await patiently(read, signal);
    if (over(value)) return value;
    await wait(lookEveryMs, undefined, { signal });
  }
}

/** A busy server did nothing for a request that it refused: it is sent again. */
async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'overloaded') throw error;
      await wait(2 * lookEveryMs, undefined, { signal });
    }
  }
}

/** Again and again. What goes wrong is noted, and tried again after a while: the load must not end because of it. */
async function goOn(done: WorkDone, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) return;
      if (done.troubles.length < 5) done.troubles.push(error instanceof Error ? error.message : 'unknown');
      await wait(5_000, undefined, { signal }).catch(() => undefined);
    }
  }
}
