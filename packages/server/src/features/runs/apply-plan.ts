import { atCommit } from '../../app/commit-points.ts';
import { sql } from 'kysely';
import type { RouteRequest, routes } from '@rollcall/contract';
import type { Transaction } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Jobs } from '../../jobs/index.ts';
import { domainCovers } from '../exemptions/index.ts';
import { recordAudit } from '../audit/index.ts';
import { readPause } from '../pause/index.ts';
import { digestPlan, readPlan } from '../plans/index.ts';
import { readSettings } from '../settings/index.ts';
import { runQueue } from './run-queue.ts';

export interface RunCommands extends Dependencies {
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

type Order = RouteRequest<typeof routes.plans.apply>['body'];

/**
 * Starts the run of a plan. Everything that was seen on the confirmation must still be so: the digest, the name of the source, the number of people. The rows are
 * digested again, so that a plan changed in the database is refused.
 */
export async function applyPlan(deps: RunCommands, scope: Scope, planId: string, order: Order): Promise<string> {
  const now = deps.now();
  const plan = await readPlan(deps.db, scope, planId, now);
  await assertMayApply(deps, scope, plan, order);
  const runId = deps.newId();
  return atCommit(deps, 'run.requested', () => deps.db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('plan').select(['state', 'digest', 'source_id', 'undo_of']).where('id', '=', planId).forUpdate().executeTakeFirstOrThrow();
    if (row.state === 'applied') throw new RequestProblem({ code: 'conflict', refusal: 'planApplied', detail: 'This plan was applied: its run log stays. To take it back, undo the run.' });
    if (row.state !== 'ready') throw new RequestProblem({ code: 'planNotReady', detail: `This plan is ${row.state}; only one that is ready can be applied.`, refusal: 'planState' });
    const digest = await digestPlan(trx, planId);
    if (row.digest === null || !digest.equals(row.digest)) throw new RequestProblem({ code: 'digestMismatch', detail: 'The rows of this plan are not those that were frozen. Somebody changed the database. Make a new plan, and look at the audit trail.' });
    await assertNoCanary(trx, planId, now);
    await trx
      .insertInto('run')
      .values({ id: runId, workspace_id: scope.workspaceId, plan_id: planId, source_id: row.source_id, action: plan.action, digest, state: 'queued', pilot: order.pilot, undo_of: row.undo_of, requested_by: scope.actor.name, queued_at: now })
      .execute();
    await sql`
      insert into run_item (workspace_id, run_id, plan_item_id, seq, account_id, state)
      select ${scope.workspaceId}::integer, ${runId}::uuid, id, row_number() over (order by seq), account_id, 'pending' from plan_item where plan_id = ${planId} and decision = 'act'`.execute(trx);
    await sql`update run set totals = jsonb_build_object('pending', (select count(*) from run_item where run_id = ${runId})) where id = ${runId}`.execute(trx);
    await trx.updateTable('plan').set({ state: 'applied' }).where('id', '=', planId).execute();
    await recordAudit(trx, scope, { kind: 'run.requested', subjectKind: 'run', subjectId: runId, payload: { sourceId: row.source_id, planId, action: plan.action, digest: digest.toString('hex'), people: plan.totals?.act ?? 0, pilot: order.pilot, undoOf: row.undo_of } }, now);
    // An undo does not wait for a run that was put off.
    await deps.jobs.enqueue(trx, runQueue, { sourceId: row.source_id }, { key: row.source_id, bringForward: true });
    return runId;
  }));
}

/** A canary that was named since the plan was made refuses it, as it would have then. */
async function assertNoCanary(trx: Transaction<Database>, planId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ label: string }>`
    select o.label from exemption o join plan_item i on i.plan_id = ${planId} and i.decision = 'act' join account a on a.id = i.account_id and a.workspace_id = o.workspace_id
    where o.canary and o.ended_at is null and (o.ends_on is null or o.ends_on >= ${now}::date)
      and ((o.kind = 'account' and o.realm_id = a.realm_id and o.subject = a.vendor_id) or (o.kind = 'domain' and ${domainCovers(sql`o.subject`, sql`a.email_domain`)})
        or (o.kind = 'group' and exists (select 1 from group_member m join account_group g on g.id = m.group_id where m.account_id = a.id and g.realm_id = o.realm_id and g.vendor_id = o.subject)))
    limit 1`.execute(trx);
  if (rows[0] !== undefined) throw new RequestProblem({ code: 'planNotReady', detail: `A canary is among the people since this plan was made (${rows[0].label}): the selection is not what it should be. Look at the query and make a new plan.`, refusal: 'canarySince', data: { label: rows[0].label } });
}

async function assertMayApply(deps: RunCommands, scope: Scope, plan: Awaited<ReturnType<typeof readPlan>>, order: Order): Promise<void> {
  const settings = await readSettings(deps.db, scope.workspaceId);
  if (settings.approverApplies && !scope.permissions.has('approve')) throw new RequestProblem({ code: 'forbidden', refusal: 'approversApply', detail: 'In this workspace only approvers apply plans. Ask one to look at this plan.' });
  const pause = await readPause(deps.db, scope.workspaceId);
  if (pause !== null) throw new RequestProblem({ code: 'paused', detail: `Everything is paused (${pause.reason}). Somebody who may approve has to resume first.`, refusal: 'everythingPaused', data: { reason: pause.reason } });
  const source = await deps.db.selectFrom('source').select(['read_only', 'removed_at']).where('id', '=', plan.sourceId).executeTakeFirstOrThrow();
  if (source.removed_at !== null) throw new RequestProblem({ code: 'conflict', refusal: 'sourceRemoved', detail: 'The source of this plan was removed: nothing can be applied there any more.' });
  if (source.read_only) throw new RequestProblem({ code: 'readOnlySource', detail: `The source ${plan.sourceName} is in read-only mode: plans can be made, not applied.`, refusal: 'readOnlyMode', data: { name: plan.sourceName } });
  if (plan.state === 'expired') throw new RequestProblem({ code: 'planExpired', detail: `This plan expired on ${plan.expiresAt}: what it rests on is too old. Make a new one.`, refusal: 'planExpiredOn', data: { at: plan.expiresAt } });
  if (plan.state !== 'ready') throw new RequestProblem({ code: plan.state === 'applied' ? 'conflict' : 'planNotReady', refusal: plan.state === 'applied' ? 'planApplied' : 'planState', detail: plan.state === 'applied' ? 'This plan was applied: its run log stays. To take it back, undo the run.' : `This plan is ${plan.state}; only one that is ready can be applied.` });
  if (plan.digest !== order.digest) throw new RequestProblem({ code: 'digestMismatch', detail: 'The plan is not the one you looked at. Load it again.' });
  if (plan.sourceName !== order.sourceName) throw new RequestProblem({ code: 'confirmationMismatch', detail: `This plan is for the source ${plan.sourceName}, not ${order.sourceName}.`, refusal: 'wrongSource', data: { name: plan.sourceName } });
  if ((plan.totals?.act ?? 0) === 0) throw new RequestProblem({ code: 'conflict', refusal: 'nobodyToActOn', detail: 'Nobody is acted on in this plan: there is nothing to apply.' });
  if (plan.typeBack !== null && order.people !== plan.typeBack) throw new RequestProblem({ code: 'confirmationMismatch', detail: `Type the number of people (${plan.typeBack}) to confirm.`, refusal: 'typeBack', data: { people: plan.typeBack } });
}
