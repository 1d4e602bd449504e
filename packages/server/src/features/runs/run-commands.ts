import { atCommit } from '../../app/commit-points.ts';
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import { recordAudit } from '../audit/index.ts';
import { readPause } from '../pause/index.ts';
import type { RunCommands } from './apply-plan.ts';
import { holdRealmOfRun } from './hold-realm.ts';
import { takeMadeCalls } from './made-calls.ts';
import { runQueue } from './run-queue.ts';

/** Pauses between two people. What is under way for a person is finished first. */
export async function pauseRun(deps: RunCommands, scope: Scope, runId: string): Promise<void> {
  await change(deps, scope, runId, 'run.paused', ['queued', 'running'], 'paused', 'byHand');
}

/** Goes on with a paused run; after a pilot with everybody else. */
export async function resumeRun(deps: RunCommands, scope: Scope, runId: string): Promise<void> {
  const pause = await readPause(deps.db, scope.workspaceId);
  if (pause !== null) throw new RequestProblem({ code: 'paused', detail: `Everything is paused (${pause.reason}). Somebody who may approve has to resume first.`, refusal: 'everythingPaused', data: { reason: pause.reason } });
  const source = await deps.db.selectFrom('run').innerJoin('source', 'source.id', 'run.source_id').where('run.id', '=', runId).select(['source.read_only', 'source.removed_at']).executeTakeFirst();
  if (source?.read_only === true || source?.removed_at != null) throw new RequestProblem({ code: 'readOnlySource', detail: 'The source is in read-only mode or was removed.' });
  await change(deps, scope, runId, 'run.resumed', ['paused'], 'queued', null);
}

/** Cancels what has not been started. Whom the run has dealt with stays in the log, and can be undone. */
export async function cancelRun(deps: RunCommands, scope: Scope, runId: string): Promise<void> {
  await change(deps, scope, runId, 'run.cancelled', ['queued', 'running', 'paused'], 'cancelling', null);
}

async function change(deps: RunCommands, scope: Scope, runId: string, kind: string, from: readonly string[], to: 'paused' | 'queued' | 'cancelling', reason: string | null): Promise<void> {
  const now = deps.now();
  await atCommit(deps, 'run.commanded', () => deps.db.transaction().execute(async (trx) => {
    const run = await trx.selectFrom('run').select(['state', 'state_reason', 'source_id']).where('id', '=', runId).where('workspace_id', '=', scope.workspaceId).forUpdate().executeTakeFirst();
    if (run === undefined) throw new RequestProblem({ code: 'notFound', detail: 'There is no such run.' });
    if (!from.includes(run.state)) throw new RequestProblem({ code: 'conflict', detail: `This run is ${run.state}: it has gone on meanwhile. Load it again.`, refusal: 'runState', data: { state: run.state } });
    const pilotDone = run.state_reason === 'pilotDone' && to === 'queued';
    await trx
      .updateTable('run')
      .set({ state: to, state_reason: reason, ...(pilotDone ? { pilot: null } : {}), ...(to === 'queued' ? { halt: null } : {}) })
      .where('id', '=', runId)
      .execute();
    await recordAudit(trx, scope, { kind, subjectKind: 'run', subjectId: runId, payload: { sourceId: run.source_id } }, now);
    if (to !== 'paused') await deps.jobs.enqueue(trx, runQueue, { sourceId: run.source_id }, { key: run.source_id, bringForward: true });
  }));
}

/** When everything goes on again: the runs that the pause of everything had stopped. */
export async function resumePausedRuns(jobs: Pick<Jobs, 'enqueue'>, trx: Transaction<Database>, workspaceId: number): Promise<void> {
  const runs = await trx.updateTable('run').set({ state: 'queued', state_reason: null }).where('workspace_id', '=', workspaceId).where('state', '=', 'paused').where('state_reason', '=', 'everythingPaused').returning(['source_id']).execute();
  for (const run of runs) await jobs.enqueue(trx, runQueue, { sourceId: run.source_id }, { key: run.source_id, bringForward: true });
}

/** Wakes every run that should be going: after a start, and each minute, because the queue only wakes and the rows are the truth. */
export async function wakeRuns(jobs: Pick<Jobs, 'enqueue'>, db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const runs = await trx.selectFrom('run').innerJoin('workspace', 'workspace.id', 'run.workspace_id').where('run.state', 'in', ['queued', 'running', 'cancelling']).where('workspace.paused_at', 'is', null).select(['run.source_id']).distinct().execute();
    for (const run of runs) await jobs.enqueue(trx, runQueue, { sourceId: run.source_id }, { key: run.source_id });
  });
}

/** Takes run logs out of the list. What undo, proof and the audit trail need stays. */
export async function hideRuns(deps: RunCommands, scope: Scope, runIds: readonly string[]): Promise<void> {
  const now = deps.now();
  await deps.db.transaction().execute(async (trx) => {
    const hidden = await trx
      .updateTable('run')
      .set({ hidden_at: now, hidden_by: scope.actor.name })
      .where('workspace_id', '=', scope.workspaceId)
      .where('id', 'in', [...runIds])
      .where('hidden_at', 'is', null)
      .where('state', 'in', ['done', 'cancelled', 'stopped'])
      .$if(scope.sourceIds !== null, (query) => query.where('source_id', 'in', [...(scope.sourceIds ?? [])]))
      .$if(scope.sites !== null, (query) => query.where((eb) => eb.exists(eb.selectFrom('plan as p').whereRef('p.id', '=', 'run.plan_id').where(sql<boolean>`jsonb_typeof(p.basis -> 'sites') = 'array' and (select array_agg(site) from jsonb_array_elements_text(p.basis -> 'sites') as site) <@ ${[...(scope.sites ?? [])]}::text[]`).select('p.id'))))
      .returning(['id', 'source_id'])
      .execute();
    if (hidden.length < new Set(runIds).size) throw new RequestProblem({ code: 'conflict', refusal: 'runLogsOpen', detail: 'Only run logs that are at their end can be deleted; one of these is open, deleted already or not yours.' });
    for (const run of hidden) await recordAudit(trx, scope, { kind: 'run.hidden', subjectKind: 'run', subjectId: run.id, payload: { sourceId: run.source_id, runIds: [run.id] } }, now);
  });
}

/** Settles a row of which nobody can say whether it took effect, by a person's word. */
export async function settleByHand(deps: RunCommands, scope: Scope, runId: string, itemId: number, as: 'applied' | 'failed', note: string): Promise<void> {
  const now = deps.now();
  await deps.db.transaction().execute(async (trx) => {
    await holdRealmOfRun(trx, scope.workspaceId, runId);
    const item = await trx.selectFrom('run_item').innerJoin('account', 'account.id', 'run_item.account_id').innerJoin('run', 'run.id', 'run_item.run_id').innerJoin('source', 'source.id', 'run.source_id').innerJoin('plan_item', 'plan_item.id', 'run_item.plan_item_id').where('run_item.id', '=', itemId).where('run_item.run_id', '=', runId).where('run_item.workspace_id', '=', scope.workspaceId).select(['run_item.state', 'account.vendor_id', 'run.source_id', 'run.action', 'run.undo_of', 'run_item.account_id', 'plan_item.resource_ids', 'source.realm_id', 'source.time_zone']).forUpdate('run_item').executeTakeFirst();
    if (item === undefined) throw new RequestProblem({ code: 'notFound', detail: 'There is no such row in this run.' });
    if (item.state !== 'uncertain') throw new RequestProblem({ code: 'conflict', detail: `This row is ${item.state}: only uncertain rows are settled by hand.`, refusal: 'rowNotUncertain', data: { state: item.state } });
    await trx.updateTable('run_item').set({ state: as === 'applied' ? 'verified' : 'failed', reason: 'settledByHand', reason_data: JSON.stringify({ by: scope.actor.name, note }), updated_at: now }).where('id', '=', itemId).execute();
    await trx.updateTable('run_call').set({ state: as, outcome_at: now }).where('run_item_id', '=', itemId).where('state', 'in', ['uncertain', 'intent']).execute();
    // What a person says took effect shows in the inventory. It is not the vendor's word: the next reading or re-check corrects it.
    if (as === 'applied') await takeMadeCalls(trx, { ...item, id: itemId, workspace_id: scope.workspaceId }, now);
    await sql`update run set totals = (select jsonb_object_agg(state, n) from (select state, count(*) as n from run_item where run_id = ${runId} group by state) as counted) where id = ${runId}`.execute(trx);
    await recordAudit(trx, scope, { kind: 'run.item.settled', subjectKind: 'account', subjectId: item.vendor_id, payload: { sourceId: item.source_id, runId, itemId, as, note } }, now);
  });
}
