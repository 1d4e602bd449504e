import { atCommit } from '../../app/commit-points.ts';
import { civilDateIn } from '@rollcall/core';
import type { Scope } from '../../app/scope.ts';
import { RequestProblem } from '../../app/problem.ts';
import { recordAudit } from '../audit/index.ts';
import { planQueue } from './plan-queue.ts';
import type { PlanDependencies } from './create-plan.ts';

/** Discards a plan that nobody applied. */
export async function discardPlan(deps: PlanDependencies, scope: Scope, planId: string): Promise<void> {
  const now = deps.now();
  await deps.db.transaction().execute(async (trx) => {
    const plan = await trx.selectFrom('plan').select(['state', 'source_id']).where('id', '=', planId).where('workspace_id', '=', scope.workspaceId).forUpdate().executeTakeFirstOrThrow();
    if (plan.state === 'applied') throw new RequestProblem({ code: 'conflict', refusal: 'planApplied', detail: 'This plan was applied: its run log stays. To take it back, undo the run.' });
    await trx.updateTable('plan').set({ state: 'discarded' }).where('id', '=', planId).execute();
    await recordAudit(trx, scope, { kind: 'plan.discarded', subjectKind: 'plan', subjectId: planId, payload: { sourceId: plan.source_id } }, now);
  });
}

/** Stores the order for the plan that gives back what a run took. One that is open already is answered again. */
export async function orderUndo(deps: PlanDependencies, scope: Scope, runId: string): Promise<string> {
  const now = deps.now();
  return atCommit(deps, 'undo.ordered', () => deps.db.transaction().execute(async (trx) => {
    const run = await trx.selectFrom('run').select(['id', 'source_id', 'action', 'state', 'queued_at']).where('id', '=', runId).where('workspace_id', '=', scope.workspaceId).forUpdate().executeTakeFirstOrThrow();
    if (run.state === 'queued' || run.state === 'running' || run.state === 'cancelling') throw new RequestProblem({ code: 'conflict', refusal: 'runUnderWay', detail: 'The run is still under way. Pause or cancel it, or wait for its end.' });
    const open = await trx.selectFrom('plan').select('id').where('undo_of', '=', runId).where('state', 'in', ['building', 'ready']).where('expires_at', '>', now).executeTakeFirst();
    if (open !== undefined) return open.id;
    const id = deps.newId();
    const inverse = inverseVerbs[run.action] ?? run.action;
    await trx
      .insertInto('plan')
      .values({
        id, workspace_id: scope.workspaceId, source_id: run.source_id, action: inverse, params: '{}', basis: JSON.stringify({ kind: 'undo', countsFrom: civilDateIn(run.queued_at, 'UTC'), sourceIds: scope.sourceIds, sites: scope.sites }), undo_of: runId,
        state: 'building', created_by: scope.actor.name, created_at: now, expires_at: new Date(now.getTime() + 30 * 86_400_000),
      })
      .execute();
    await recordAudit(trx, scope, { kind: 'plan.ordered', subjectKind: 'plan', subjectId: id, payload: { undoOf: runId, sourceId: run.source_id } }, now);
    await deps.jobs.enqueue(trx, planQueue, { planId: id });
    return id;
  }));
}

const inverseVerbs: Readonly<Record<string, string>> = {
  'remove-app-access': 'grant-app-access',
  'grant-app-access': 'remove-app-access',
  'suspend-access': 'restore-access',
  'restore-access': 'suspend-access',
  'add-to-group': 'remove-from-group',
  'remove-from-group': 'add-to-group',
};
