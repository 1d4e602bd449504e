import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError, routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';

/** The job of an administrator (sync, plan, run, undo) through the REST API of a node, each step followed to its end. */
export interface ApiJob {
  /** Connects a simulated organisation, with no cap on how many people a plan may hold; returns the source's id. */
  connect(organisation: ConnectedTo): Promise<string>;
  /** Throws when the sync does not end well. */
  sync(sourceId: string): Promise<void>;
  /** A ready plan that takes app access from whom the query names; inactive are those without activity in `period`. */
  plan(sourceId: string, query: string, period?: '30d' | '90d'): Promise<Plan>;
  /** Runs a plan to its end; tells how many more people are verified whenever it looks. Returns the run's id. */
  run(plan: Plan, onVerified?: (people: number) => void): Promise<string>;
  /** The ready plan that undoes a run. */
  undo(runId: string): Promise<Plan>;
}

/** A simulated organisation, and how many requests a minute may be sent to it. */
export interface ConnectedTo {
  readonly name: string;
  readonly orgId: string;
  readonly url: string;
  readonly key: string;
  readonly keyOwner: string;
  readonly requestsPerMinute: number;
}

const lookEveryMs = 1_000;
type Plan = Awaited<ReturnType<typeof readPlan>>;

function readPlan(client: Client, planId: string, signal: AbortSignal) {
  return client.call(routes.plans.get, { params: { planId } }, { signal });
}

/** Everything ends when `signal` is aborted. */
export function apiJob(client: Client, signal: AbortSignal): ApiJob {
  const built = async (planId: string): Promise<Plan> => {
    const plan = await until(() => readPlan(client, planId, signal), ({ state }) => state !== 'building', signal);
    if (plan.state !== 'ready') throw new Error(`A plan became ${plan.state}.`);
    return plan;
  };
  return {
    async connect({ name, orgId, url, key, keyOwner, requestsPerMinute }) {
      await client.call(routes.session.changeSettings, { body: { caps: { people: 1_000_000, percent: 100 } } });
      const source = await client.call(routes.sources.create, {
        body: { kind: 'atlassian-org', name, organisationId: orgId, baseUrl: url, apiKey: key, keyOwner, requestsPerMinute, syncEveryMinutes: null },
      });
      return source.id;
    },
    async sync(sourceId) {
      const begun = await patiently(() => client.call(routes.sources.sync, { params: { sourceId } }, { signal }), signal);
      const sync = await until(() => client.call(routes.sources.getSync, { params: { syncId: begun.id } }, { signal }), ({ state }) => !['queued', 'running', 'finalising'].includes(state), signal);
      if (sync.state !== 'done') throw new Error(`A sync ended ${sync.state}: ${sync.problem?.code ?? 'no reason'}`);
    },
    async plan(sourceId, query, period = '90d') {
      const ordered = await patiently(() => client.call(routes.plans.create, { body: { sourceId, action: 'remove-app-access', selection: { kind: 'query', q: query, period } } }, { signal }), signal);
      return built(ordered.id);
    },
    async run(plan, onVerified) {
      const body = { digest: plan.digest ?? '', sourceName: plan.sourceName, people: plan.typeBack, pilot: null };
      const begun = await patiently(() => client.call(routes.plans.apply, { params: { planId: plan.id }, body }, { signal }), signal);
      let people = 0;
      const run = await until(async () => {
        const now = await client.call(routes.runs.get, { params: { runId: begun.id } }, { signal });
        onVerified?.(now.totals.verified - people);
        people = now.totals.verified;
        return now;
      }, ({ state }) => !['queued', 'running', 'cancelling'].includes(state), signal);
      if (run.state !== 'done') throw new Error(`A run ended ${run.state}: ${run.stateReason ?? 'no reason'}`);
      return run.id;
    },
    async undo(runId) {
      const ordered = await patiently(() => client.call(routes.runs.undo, { params: { runId } }), signal);
      return built(ordered.id);
    },
  };
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
