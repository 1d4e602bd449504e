import { atCommit } from '../../app/commit-points.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Jobs } from '../../jobs/index.ts';
import { buildPlan } from './build-plan.ts';
import { planQueue } from './plan-queue.ts';

/** Starts the workers that build plans, and wakes the building of plans whose job was lost: the rows are the truth. */
export async function startPlanWorkers(deps: Dependencies & { readonly jobs: Jobs }): Promise<void> {
  await deps.jobs.work(planQueue, ({ planId }) => buildPlan(deps, planId), { workers: 2 });
  const building = await deps.db.selectFrom('plan').where('state', '=', 'building').select('id').execute();
  for (const plan of building) await atCommit(deps, 'plan.woken', () => deps.jobs.enqueue(deps.db, planQueue, { planId: plan.id }));
}
