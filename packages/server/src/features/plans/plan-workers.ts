import { atCommit } from '../../app/commit-points.ts';
import { sql } from 'kysely';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Jobs } from '../../jobs/index.ts';
import { buildPlan } from './build-plan.ts';
import { planQueue } from './plan-queue.ts';

/** Starts the workers that build plans, and wakes the building of plans whose job was lost: the rows are the truth. */
export async function startPlanWorkers(deps: Dependencies & { readonly jobs: Jobs }): Promise<void> {
  await deps.jobs.work(planQueue, ({ planId }) => buildPlan(deps, planId), { workers: 2 });
  const { rows } = await sql<{ id: string }>`
    select p.id from plan p
    where p.state = 'building' and not exists (
      select 1 from pgboss.job j where j.name = ${planQueue.name} and j.state in ('created', 'retry', 'active') and j.data ->> 'planId' = p.id::text)`.execute(deps.db);
  for (const { id } of rows) await atCommit(deps, 'plan.woken', () => deps.jobs.enqueue(deps.db, planQueue, { planId: id }));
}
