import { atCommit } from '../../../app/commit-points.ts';
import { RunHalted, storedCall } from './run-record.ts';
import { recordAudit } from '../../audit/index.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import { actionVerbs } from '@rollcall/contract';
import { parseCivilDate } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import type { Database } from '../../../db/index.ts';
import type { ItemEnd, OpenItem, OpenRun, RunDependencies } from './run-record.ts';
import type { Kysely, Transaction } from 'kysely';

const planBasis = z.object({ restsOnInactivity: z.boolean().default(false), period: z.object({ from: z.string() }).nullable().default(null), countsFrom: z.string().nullable().default(null) });

/** Takes a run over by raising its epoch. Null when it is not to be worked on (done, paused, made to wait by the breaker, unknown). */
export async function claimRun(db: Kysely<Database>, runId: string, now: Date): Promise<OpenRun | null> {
  const claimed = await db
    .updateTable('run')
    .set((eb) => ({ epoch: eb('epoch', '+', 1), state: eb.case().when('state', '=', 'queued').then('running' as const).else(eb.ref('state')).end(), started_at: eb.fn.coalesce('started_at', eb.val(now)), halt: null }))
    .where('id', '=', runId)
    .where('state', 'in', ['queued', 'running', 'cancelling'])
    .where(sql<boolean>`(state = 'cancelling' or halt ->> 'until' is null or (halt ->> 'until')::timestamptz <= ${now} or (halt ->> 'since')::timestamptz > ${setBackBefore(now)})`)
    .returning(['id', 'workspace_id', 'plan_id', 'source_id', 'epoch', 'action', 'undo_of', 'pilot', 'requested_by'])
    .executeTakeFirst();
  if (claimed === undefined) return null;
  const row = await db
    .selectFrom('source')
    .innerJoin('plan', 'plan.source_id', 'source.id')
    .where('plan.id', '=', claimed.plan_id)
    .select(['source.id', 'source.realm_id', 'source.kind', 'source.settings', 'source.time_zone', 'source.key_owner', 'plan.basis'])
    .executeTakeFirstOrThrow();
  const basis = planBasis.parse(row.basis);
  return {
    id: claimed.id,
    workspaceId: claimed.workspace_id,
    planId: claimed.plan_id,
    epoch: claimed.epoch,
    action: z.enum(actionVerbs).parse(claimed.action),
    isUndo: claimed.undo_of !== null,
    pilot: claimed.pilot,
    requestedBy: claimed.requested_by,
    restsOnInactivity: basis.restsOnInactivity,
    periodFrom: dayOf(basis.period?.from ?? null),
    watchFrom: basis.restsOnInactivity || claimed.undo_of !== null ? dayOf(basis.countsFrom ?? basis.period?.from ?? null) : null,
    source: { id: row.id, realmId: row.realm_id, kind: row.kind, settings: row.settings, timeZone: row.time_zone, keyOwner: row.key_owner },
  };
}

/** What was written later than this was written before the clock was set back: a wait from then is over, since nobody knows how long it still is. The vendor says so if it was not. */
function setBackBefore(now: Date): Date {
  return new Date(now.getTime() + 5_000);
}

/** Must stand first in every transaction of a worker: locks the run's row, and ends the work when another worker has it. */
export async function holdRun(trx: Transaction<Database>, run: Pick<OpenRun, 'id' | 'epoch'>): Promise<'running' | 'cancelling'> {
  const row = await trx.selectFrom('run').select(['epoch', 'state']).where('id', '=', run.id).forShare().executeTakeFirst();
  if (row === undefined || row.epoch !== run.epoch) throw new RunHalted('fenced');
  return row.state === 'cancelling' ? 'cancelling' : 'running';
}

export type RunStanding = 'running' | 'cancelling' | 'paused' | 'readOnlySource' | 'fenced';

/** Where the run stands between two people: somebody may have paused or cancelled it, paused everything, or closed the source to changes. */
export async function standingOf(db: Kysely<Database>, run: OpenRun): Promise<RunStanding> {
  const row = await db
    .selectFrom('run')
    .innerJoin('workspace', 'workspace.id', 'run.workspace_id')
    .innerJoin('source', 'source.id', 'run.source_id')
    .where('run.id', '=', run.id)
    .select(['run.epoch', 'run.state', 'workspace.paused_at', 'source.read_only', 'source.removed_at'])
    .executeTakeFirst();
  if (row === undefined || row.epoch !== run.epoch) return 'fenced';
  // Nothing is changed any more: what is left is asked about and written down.
  if (row.state === 'cancelling') return 'cancelling';
  if (row.paused_at !== null || row.state !== 'running') return 'paused';
  return row.read_only || row.removed_at !== null ? 'readOnlySource' : 'running';
}

/** The next people to work on, in the order of the plan. `begun`: only those of whom something was, or can have been, changed already, parked or not. */
export async function nextItems(db: Kysely<Database>, run: OpenRun, now: Date, limit: number, except: ReadonlySet<number>, begun = false): Promise<readonly OpenItem[]> {
  const rows = await db
    .selectFrom('run_item as i')
    .innerJoin('plan_item as p', 'p.id', 'i.plan_item_id')
    .innerJoin('account as a', 'a.id', 'i.account_id')
    .where('i.run_id', '=', run.id)
    .where('i.state', '=', 'pending')
    .$if(!begun, (query) => query.where((eb) => eb.or([eb('i.not_before', 'is', null), eb('i.not_before', '<=', now), eb('i.updated_at', '>', setBackBefore(now))])))
    .$if(begun, (query) => query.where((eb) => eb.exists(eb.selectFrom('run_call as k').whereRef('k.run_item_id', '=', 'i.id').where('k.state', 'in', ['intent', 'uncertain', 'applied', 'verified']).select('k.id'))))
    .$if(!begun && run.pilot !== null, (query) => query.where('i.seq', '<=', run.pilot ?? 0))
    .$if(except.size > 0, (query) => query.where('i.id', 'not in', [...except]))
    .orderBy('i.seq')
    .limit(limit)
    .select(['i.id', 'i.seq', 'i.account_id', 'a.vendor_id', 'i.attempts', 'p.resource_ids', 'p.calls', 'p.before'])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    seq: row.seq,
    accountId: row.account_id,
    accountVendorId: row.vendor_id,
    attempts: row.attempts,
    resourceIds: row.resource_ids,
    plannedCalls: z.array(storedCall).parse(row.calls),
    ...knownBefore(row.before),
  }));
}

const day = z.string().nullable().default(null);
const beforeShape = z.object({ status: z.string().nullable().default(null), accesses: z.array(z.tuple([z.number(), z.string(), day]).rest(day)).default([]) });
function knownBefore(before: object): Pick<OpenItem, 'statusBefore' | 'known'> {
  const { status, accesses } = beforeShape.parse(before);
  return { statusBefore: status, known: new Map(accesses.map(([resourceId, kind, on, , clockOn]) => [resourceId, { kind, on: dayOf(on), clockOn: dayOf(clockOn ?? null) }])) };
}

function dayOf(text: string | null): CivilDate | null {
  return text === null ? null : parseCivilDate(text);
}

/** Ends the work on a person for now, with its audit event, in the caller's transaction. */
export async function endItem(trx: Transaction<Database>, run: OpenRun, item: Pick<OpenItem, 'id' | 'accountVendorId'>, end: ItemEnd, now: Date): Promise<void> {
  await trx
    .updateTable('run_item')
    .set({ state: end.state, reason: end.reason, reason_data: end.reasonData === undefined ? null : JSON.stringify(end.reasonData), message: end.message ?? null, updated_at: now, not_before: null })
    .where('id', '=', item.id)
    .execute();
  await recordAudit(trx, auditScope(run), { kind: `run.item.${end.state}`, subjectKind: 'account', subjectId: item.accountVendorId, payload: { sourceId: run.source.id, runId: run.id, itemId: item.id, action: run.action, reason: end.reason } }, now);
}

/** Puts a person back to be worked on at `notBefore`. Only a vendor that does not answer counts as an attempt: a rate limit or a refused key says nothing about the person. */
export async function parkItem(deps: RunDependencies, run: OpenRun, itemId: number, notBefore: Date, reason: string): Promise<void> {
  await atCommit(deps, 'run.parked', () => deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    await trx
      .updateTable('run_item')
      .set((eb) => ({ state: 'pending', reason, not_before: notBefore, attempts: reason === 'transient' ? eb('attempts', '+', 1) : eb.ref('attempts'), updated_at: deps.now() }))
      .where('id', '=', itemId)
      .execute();
  }));
}

export function auditScope(run: Pick<OpenRun, 'workspaceId' | 'requestedBy'>) {
  return { workspaceId: run.workspaceId, actor: { id: run.requestedBy, name: run.requestedBy, kind: 'system' as const } };
}

/** Counts of a run's items by state, kept on the run for lists, by whoever works on it. */
export async function countItems(trx: Kysely<Database>, run: Pick<OpenRun, 'id' | 'epoch'>): Promise<void> {
  await sql`
    update run set totals = (
      select jsonb_object_agg(state, n) from (select state, count(*) as n from run_item where run_id = ${run.id} group by state) as counted)
    where id = ${run.id} and epoch = ${run.epoch}`.execute(trx);
}
