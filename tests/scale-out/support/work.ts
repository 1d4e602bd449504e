import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox, SandboxOptions } from '@rollcall/sandbox';
import { onTestFinished } from 'vitest';
import { until } from './until.ts';

/** A simulated organisation of its own. */
export async function organisation(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox({ neverActive: 'nullTimestamp', ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Connects it; it is read only when asked for. @returns the source's id */
export async function connect(client: Client, sandbox: Sandbox, name: string, requestsPerMinute: number | null = null): Promise<string> {
  const body = { kind: 'atlassian-org', name, organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: sandbox.keys.full, keyOwner: sandbox.keyOwnerAccountId, syncEveryMinutes: null, requestsPerMinute } as const;
  return (await client.call(routes.sources.create, { body })).id;
}

/** @returns the sync's id */
export async function requestSync(client: Client, sourceId: string): Promise<string> {
  return (await client.call(routes.sources.sync, { params: { sourceId } })).id;
}

/** Waits for a sync's end, which must be a good one. */
export async function syncDone(client: Client, syncId: string): Promise<void> {
  const end = await until('the sync ends', async () => {
    const sync = await client.call(routes.sources.getSync, { params: { syncId } });
    return ['done', 'failed', 'held', 'cancelled'].includes(sync.state) ? sync : null;
  });
  if (end.state !== 'done') throw new Error(`The sync is ${end.state}: ${JSON.stringify(end.problem)}`);
}

export interface ReadyPlan {
  readonly id: string;
  readonly digest: string;
  readonly typeBack: number | null;
  readonly sourceName: string;
}

const whom = { kind: 'query', q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } as const;

/** A plan that takes Jira from whoever does not use it. */
export async function planRemoval(client: Client, sourceId: string, sourceName: string): Promise<ReadyPlan> {
  const ordered = await client.call(routes.plans.create, { body: { sourceId, action: 'remove-app-access', selection: whom } });
  return readyPlan(client, ordered.id, sourceName);
}

export async function readyPlan(client: Client, planId: string, sourceName: string): Promise<ReadyPlan> {
  const plan = await until('the plan is built', async () => {
    const one = await client.call(routes.plans.get, { params: { planId } });
    return one.state === 'building' ? null : one;
  });
  if (plan.state !== 'ready' || plan.digest === null) throw new Error(`The plan is ${plan.state}: ${JSON.stringify(plan)}`);
  return { id: plan.id, digest: plan.digest, typeBack: plan.typeBack, sourceName };
}

/** @returns the run's id */
export async function apply(client: Client, plan: ReadyPlan, pilot?: number): Promise<string> {
  const body = { digest: plan.digest, sourceName: plan.sourceName, people: plan.typeBack, ...(pilot === undefined ? {} : { pilot }) };
  return (await client.call(routes.plans.apply, { params: { planId: plan.id }, body })).id;
}

/** Waits until a run is done, or has done its pilot. */
export async function runDone(client: Client, runId: string) {
  return until('the run ends', async () => {
    const run = await client.call(routes.runs.get, { params: { runId } });
    return ['done', 'paused', 'stopped'].includes(run.state) ? run : null;
  });
}

/** Every change that reached the organisation, as a sentence: two that are equal were made twice. */
export function changesOf(sandbox: Sandbox, afterSeq: number): readonly string[] {
  return sandbox.journal.effects({ afterSeq }).map((one) => `${one.effect} ${one.accountId} ${one.groupId ?? one.resourceId}`);
}

/** Every write that was sent, whether it changed something or not. */
export function requestsOf(sandbox: Sandbox, afterSeq: number): readonly string[] {
  return sandbox.journal.requests({ afterSeq }).map((one) => `${one.operation} ${one.accountId} ${one.groupId ?? one.resourceId}`);
}
