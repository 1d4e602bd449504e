import { atCommit } from '../../app/commit-points.ts';
import { sql } from 'kysely';
import { actionVerbs } from '@rollcall/contract';
import { daysBetween, parseCivilDate, parsePeriod, parseQuery, resolveDateValue } from '@rollcall/core';
import type { CivilDate, Query } from '@rollcall/core';
import type { Selectable, Transaction } from 'kysely';
import { z } from 'zod';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import { transaction } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { PlanTable } from '../../db/schema.ts';
import { recordAudit } from '../audit/index.ts';
import { compileMatchedAccess, compileQuery, loadCompileContext } from '../query/index.ts';
import type { AskedContext } from '../query/index.ts';
import { readSettings } from '../settings/index.ts';
import { planners } from './build/actions.ts';
import { chooseCandidates, findExempted } from './build/candidates.ts';
import { digestPlan } from './build/digest.ts';
import { runGuards } from './build/guards.ts';
import type { GuardResult } from './build/guards.ts';
import type { ActionVerb, PlanBuild } from './build/plan-build.ts';
import { planBasis, shortestSpanDays } from './plan-basis.ts';
import type { PlanBasis } from './plan-basis.ts';
import { planProblemOf } from './plan-problem.ts';
import type { PlanProblem } from './plan-problem.ts';
import { writeUndoItems } from './build/undo.ts';

const storedParams = z.object({ resourceIds: z.array(z.number()).default([]), groupIds: z.array(z.number()).default([]) });
type PlanRow = Selectable<PlanTable>;

/**
 * Builds a plan that was asked for: rows, guards, totals and digest in one transaction over one state of the inventory; then a short one makes it ready, with its
 * audit event. (The trail's head is written by everybody: within the snapshot of the first, any event of somebody else would end the plan.) Does nothing to a plan
 * that is built already. A failure leaves the plan `failed`; rejects when the plan is being built by another worker, to be asked again.
 */
export async function buildPlan(deps: Dependencies, planId: string): Promise<void> {
  try {
    await atCommit(deps, 'plan.built', () => transaction(deps.pool, async (trx) => {
      await sql`set transaction isolation level repeatable read`.execute(trx);
      const plan = await trx.selectFrom('plan').selectAll().where('id', '=', planId).forUpdate().executeTakeFirst();
      if (plan?.state !== 'building' || plan.digest !== null) return;
      await build(deps, trx, plan);
    }));
    await conclude(deps, planId);
  } catch (error) {
    // Another worker has the plan, after a restart: the job is tried again, and finds it built.
    if (error instanceof Error && 'code' in error && error.code === serializationFailure) throw error;
    deps.log.error({ planId, error: error instanceof Error ? error : String(error) }, 'A plan could not be built.');
    await conclude(deps, planId, planProblemOf(error));
  }
}

const serializationFailure = '40001';
const storedGuards = z.array(z.object({ passed: z.boolean() }));

async function conclude(deps: Dependencies, planId: string, problem: PlanProblem | null = null): Promise<void> {
  await atCommit(deps, 'plan.concluded', () => transaction(deps.pool, async (trx) => {
    const plan = await trx.selectFrom('plan').selectAll().where('id', '=', planId).forUpdate().executeTakeFirst();
    if (plan?.state !== 'building') return;
    const state = problem !== null ? 'failed' : storedGuards.parse(plan.guards).every((guard) => guard.passed) ? 'ready' : 'refused';
    await trx.updateTable('plan').set({ state, ...(problem === null ? {} : { totals: JSON.stringify({ problem }) }) }).where('id', '=', planId).execute();
    const digest = plan.digest?.toString('hex') ?? null;
    await recordAudit(trx, { workspaceId: plan.workspace_id, actor: { id: plan.created_by, name: plan.created_by, kind: 'system' } }, {
      kind: `plan.${state}`, subjectKind: 'plan', subjectId: plan.id, payload: { action: plan.action, sourceId: plan.source_id, digest, totals: plan.totals, undoOf: plan.undo_of, ...(problem === null ? {} : { problem: problem.code }) },
    }, deps.now());
  }));
}

async function build(deps: Dependencies, trx: Transaction<Database>, plan: PlanRow): Promise<void> {
  const basis = planBasis.parse(plan.basis);
  const settings = await readSettings(trx, plan.workspace_id);
  const source = await trx.selectFrom('source').selectAll().where('id', '=', plan.source_id).executeTakeFirstOrThrow();
  const now = deps.now();
  const context = await loadCompileContext(trx, { workspaceId: plan.workspace_id, sourceIds: basis.sourceIds, sites: basis.sites }, {
    period: parsePeriod(basis.period?.text ?? 'last-3-months') ?? { kind: 'preset', preset: 'last-3-months' },
    asOf: basis.period === null ? null : parseCivilDate(basis.period.asOf),
    sourceId: source.id,
    now,
    freshnessHours: source.stale_after_hours,
    lowUsageDays: settings.lowUsageDays,
  });
  const verb = z.enum(actionVerbs).parse(plan.action);
  const query = queryOf(basis);
  const work = prepareBuild(trx, plan, verb, basis, context, query, { id: source.id, realmId: source.realm_id }, now);
  if (plan.undo_of === null) {
    await chooseCandidates(work);
    await findExempted(work);
    await planners[verb](work);
  } else await writeUndoItems(work, plan.undo_of);
  const guards = plan.undo_of === null
    ? await runGuards({
        trx, planId: plan.id, verb, now,
        source: { id: source.id, realmId: source.realm_id, lastFullReadAt: source.last_full_read_at, staleAfterHours: source.stale_after_hours },
        caps: { people: Math.min(settings.caps.people, basis.caps.people ?? Infinity), percent: Math.min(settings.caps.percent, basis.caps.percent ?? Infinity) },
        restsOnInactivity: basis.restsOnInactivity,
        period: context.period,
        spanDays: shortestSpanDays(query, context.period, (value) => daysBack(value, context.asOf)),
        minimumPeriodDays: settings.minimumPeriodDays,
        mostUnknownPercent: settings.mostUnknownPercent,
        shortPeriodReason: basis.shortPeriodReason,
      })
    : [];
  await freeze(trx, plan, guards, source.last_full_read_at);
}

function queryOf(basis: PlanBasis): Query {
  const parsed = parseQuery(basis.q ?? '');
  if (!parsed.ok) throw new RequestProblem({ code: 'badQuery', detail: 'The query of this plan cannot be read any more by this version. Write it anew in the inventory, then make the plan again.' });
  return parsed.query;
}

function daysBack(value: string, asOf: CivilDate): number | null {
  const day = resolveDateValue(value, asOf);
  return day === null ? null : daysBetween(day, asOf);
}

function prepareBuild(trx: Transaction<Database>, plan: PlanRow, verb: ActionVerb, basis: PlanBasis, context: AskedContext, query: Query, source: { id: string; realmId: number }, now: Date): PlanBuild {
  const params = storedParams.parse(plan.params);
  const matched = compileMatchedAccess(query, context);
  const unusedQuery = parseQuery('usage IN (inactive, never)');
  if (!unusedQuery.ok) throw new Error('The query for unused accesses cannot be read.');
  return {
    trx,
    workspaceId: plan.workspace_id,
    planId: plan.id,
    source,
    verb,
    resourceIds: params.resourceIds,
    groupIds: params.groupIds,
    selection: basis.kind === 'query'
      ? { kind: 'query', condition: compileQuery(query, context), matched: matched.named ? matched.condition : null, except: basis.except }
      : { kind: 'accounts', accountIds: basis.accountIds },
    unused: compileMatchedAccess(unusedQuery.query, context).condition,
    restsOnInactivity: basis.restsOnInactivity,
    period: context.period,
    countsFrom: (basis.countsFrom === null ? null : parseCivilDate(basis.countsFrom)) ?? context.period.from,
    today: context.asOf,
    visibleResources: context.allowedResourceIds,
    now,
  };
}

async function freeze(trx: Transaction<Database>, plan: PlanRow, guards: readonly GuardResult[], inventoryAt: Date | null): Promise<void> {
  const totals = await totalsOf(trx, plan.id);
  const digest = await digestPlan(trx, plan.id);
  await trx
    .updateTable('plan')
    .set({ guards: JSON.stringify(guards), totals: JSON.stringify(totals), digest, inventory_at: inventoryAt })
    .where('id', '=', plan.id)
    .execute();
}

async function totalsOf(trx: Transaction<Database>, planId: string): Promise<object> {
  const { rows } = await sql<{ totals: object }>`
    with items as materialized (select decision, reason, resource_ids, jsonb_array_length(calls) as calls from plan_item where plan_id = ${planId})
    select jsonb_build_object(
      'act', count(*) filter (where decision = 'act'), 'skip', count(*) filter (where decision = 'skip'), 'look', count(*) filter (where decision = 'look'), 'people', count(*),
      'calls', coalesce(sum(calls) filter (where decision = 'act'), 0),
      'byReason', coalesce((select jsonb_object_agg(decision || '.' || reason, n) from (select decision, reason, count(*) as n from items group by 1, 2) as r), '{}'::jsonb),
      'seats', coalesce((select jsonb_agg(jsonb_build_object('resourceId', id, 'people', n) order by id)
        from (select unnest(resource_ids) as id, count(*) as n from items where decision = 'act' group by 1) as s), '[]'::jsonb)) as totals
    from items`.execute(trx);
  return rows[0]?.totals ?? {};
}

