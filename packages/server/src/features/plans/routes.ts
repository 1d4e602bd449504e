import { routes } from '@rollcall/contract';
import { setTimeout as wait } from 'node:timers/promises';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import type { Scope } from '../../app/scope.ts';
import { createPlan } from './create-plan.ts';
import type { PlanDependencies } from './create-plan.ts';
import { discardPlan } from './plan-commands.ts';
import { planFile, removalFile } from './plan-files.ts';
import { listPlanItems } from './plan-items.ts';
import { listPlans, readPlan } from './plan-read-model.ts';
import type { PlanDto } from './plan-read-model.ts';

/** Plans but for applying, which is the runs' matter. */
export function planHandlers(deps: PlanDependencies): readonly Handler[] {
  const { db } = deps;
  const read = (scope: Scope, planId: string): Promise<PlanDto> => readPlan(db, scope, planId, deps.now());
  return [
    handler(routes.plans.create, async ({ scope, body }) => read(scope, await createPlan(deps, scope, body))),
    handler(routes.plans.list, ({ scope, query }) => listPlans(db, scope, query, deps.now())),
    handler(routes.plans.get, ({ scope, params }) => read(scope, params.planId)),
    handler(routes.plans.events, async ({ scope, params, signal }) => follow(() => read(scope, params.planId), signal)),
    handler(routes.plans.items, async ({ scope, params, query }) => {
      await read(scope, params.planId);
      return listPlanItems(db, params.planId, query);
    }),
    handler(routes.plans.export, async ({ scope, params }) => {
      await read(scope, params.planId);
      return planFile(db, params.planId);
    }),
    handler(routes.plans.removalFile, async ({ scope, params }) => {
      await read(scope, params.planId);
      return removalFile(db, params.planId);
    }),
    handler(routes.plans.discard, async ({ scope, params }) => {
      await read(scope, params.planId);
      await discardPlan(deps, scope, params.planId);
      return read(scope, params.planId);
    }),
  ];
}

/** A plan while it is being built: each state that differs, until it is built. */
async function* follow(read: () => Promise<PlanDto>, signal: AbortSignal): AsyncGenerator<PlanDto> {
  for (;;) {
    const plan = await read();
    yield plan;
    if (plan.state !== 'building' || signal.aborted) return;
    await wait(300, undefined, { signal });
  }
}
