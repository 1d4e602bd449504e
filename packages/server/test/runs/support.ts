import { permissions, routes } from '@rollcall/contract';
import type { RouteInput } from '@rollcall/contract';
import { systemScope } from '../../src/app/scope.ts';
import type { Scope } from '../../src/app/scope.ts';
import { buildPlan, orderUndo, readPlan } from '../../src/features/plans/index.ts';
import { createPlan } from '../../src/features/plans/create-plan.ts';
import { applyPlan } from '../../src/features/runs/apply-plan.ts';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import type { RunDependencies, RunTiming } from '../../src/features/runs/engine/index.ts';
import { readRun } from '../../src/features/runs/run-read-model.ts';
import { sleepUnlessAborted } from '../../src/features/vendor/index.ts';
import type { SandboxOptions } from '@rollcall/sandbox';
import { setUp } from '../sync/support.ts';
import type { SyncSetup } from '../sync/support.ts';

type Order = Omit<RouteInput<typeof routes.plans.create>['body'], 'sourceId'>;
type Plan = Awaited<ReturnType<typeof readPlan>>;

export interface RunSetup extends SyncSetup {
  readonly scope: Scope;
  readonly runDeps: RunDependencies;
  plan(order: Order, scope?: Scope): Promise<Plan>;
  apply(plan: Plan, pilot?: number): Promise<string>;
  work(runId: string): Promise<Date | null>;
  run(runId: string): ReturnType<typeof readRun>;
  undo(runId: string): Promise<Plan>;
  resources(): Promise<readonly { id: number; app: string; site: string; vendor_id: string }[]>;
}

/** Waits short enough for tests; the engine is the same. */
export const quick: RunTiming = { requestTimeoutMs: 50, consistencyMs: 50, verifyAfterMs: [0, 50, 200, 500], peopleAtOnce: { first: 2, most: 4 } };

/** A synced sandbox organisation with the caps out of the way. */
export async function setUpRuns(options: SandboxOptions = {}, timing: RunTiming = quick): Promise<RunSetup> {
  const base = await setUp({ users: 200, seed: 11, ...options });
  await base.sync();
  const { deps, workspaceId, sourceId, database } = base;
  await database.db.updateTable('workspace').set({ settings: JSON.stringify({ caps: { people: 10_000, percent: 100 } }) }).where('id', '=', workspaceId).execute();
  const scope = systemScope(workspaceId, new Set(permissions));
  const jobs = { enqueue: () => Promise.resolve(null) };
  const runDeps: RunDependencies = { ...deps, timing, sleep: sleepUnlessAborted };
  const built = async (planId: string, by: Scope): Promise<Plan> => {
    await buildPlan(deps, planId);
    return readPlan(deps.db, by, planId, deps.now());
  };
  return {
    ...base,
    scope,
    runDeps,
    plan: async (order, by = scope) => built(await createPlan({ ...deps, jobs }, by, routes.plans.create.body?.parse({ sourceId, ...order }) ?? never()), by),
    apply: (plan, pilot) => applyPlan({ ...deps, jobs }, scope, plan.id, { digest: plan.digest ?? '', sourceName: plan.sourceName, people: plan.typeBack, pilot: pilot ?? null }),
    work: (runId) => workOnRun(runDeps, runId, new AbortController().signal),
    run: (runId) => readRun(deps.db, scope, runId),
    undo: async (runId) => built(await orderUndo({ ...deps, jobs }, scope, runId), scope),
    resources: () => database.db.selectFrom('resource').select(['id', 'app', 'site', 'vendor_id']).orderBy('id').execute(),
  };
}

function never(): never {
  throw new Error('The route has a body.');
}
