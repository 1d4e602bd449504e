import { atCommit } from '../../../app/commit-points.ts';
import { auditScope, countItems } from './run-store.ts';
import { recordAudit } from '../../audit/index.ts';
import { rollUpUnlessTaken } from '../../sync/index.ts';
import { sql } from 'kysely';
import type { Database } from '../../../db/index.ts';
import type { Kysely, Transaction } from 'kysely';
import type { OpenRun, RunDependencies, RunHalted } from './run-record.ts';
import type { Trip } from './breaker.ts';

/** Rows that a dead worker left in the middle are worked on again; their calls say how far they were. */
export async function reopenItems(db: Kysely<Database>, run: OpenRun): Promise<void> {
  await db
    .updateTable('run_item')
    .set({ state: 'pending' })
    .where('run_id', '=', run.id)
    .where((eb) => eb.exists(eb.selectFrom('run as r').where('r.id', '=', run.id).where('r.epoch', '=', run.epoch).select('r.id')))
    .where((eb) => eb.or([eb('state', 'in', ['intent', 'applied']), eb.and([eb('state', '=', 'alreadySo'), eb('reason', 'is', null)])]))
    .execute();
}

/** Nobody is left to work on now: the run is done, waits for parked people, has done its pilot, or was cancelled. */
export async function finishRun(deps: RunDependencies, run: OpenRun): Promise<Date | null> {
  const now = deps.now();
  return atCommit(deps, 'run.end', () => deps.db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('run').select(['state', 'epoch']).where('id', '=', run.id).forUpdate().executeTakeFirst();
    if (row === undefined || row.epoch !== run.epoch) return null;
    if (row.state === 'cancelling') {
      await trx.updateTable('run_item').set({ state: 'cancelled', reason: 'runCancelled', updated_at: now }).where('run_id', '=', run.id).where('state', '=', 'pending').execute();
      await close(trx, run, 'cancelled', null, now);
      return null;
    }
    const { rows } = await sql<{ parked: Date | null; within: string; beyond: string }>`
      select min(not_before) filter (where seq <= ${run.pilot ?? 2_000_000_000}) as parked, count(*) filter (where seq <= ${run.pilot ?? 2_000_000_000}) as within, count(*) as beyond
      from run_item where run_id = ${run.id} and state = 'pending'`.execute(trx);
    const left = rows[0];
    if (Number(left?.within ?? 0) > 0) return left?.parked ?? now;
    if (Number(left?.beyond ?? 0) > 0) {
      await trx.updateTable('run').set({ state: 'paused', state_reason: 'pilotDone' }).where('id', '=', run.id).execute();
      await countItems(trx, run);
    } else await close(trx, run, 'done', null, now);
    return null;
  }));
}

async function close(trx: Transaction<Database>, run: OpenRun, state: 'done' | 'cancelled', reason: string | null, now: Date): Promise<void> {
  await rollUpUnlessTaken(trx, run.workspaceId, run.source.realmId);
  await trx.updateTable('run').set({ state, state_reason: reason, finished_at: now }).where('id', '=', run.id).execute();
  // In the same transaction: nobody would count again after a crash, since the run is over.
  await countItems(trx, run);
  await recordAudit(trx, auditScope(run), { kind: `run.${state}`, subjectKind: 'run', subjectId: run.id, payload: { sourceId: run.source.id, planId: run.planId, action: run.action } }, now);
}

/** Ends the work for now. Returns when to be woken again; a pause is written down with its reason. */
export async function haltRun(deps: RunDependencies, run: OpenRun, halted: RunHalted): Promise<Date | null> {
  if (halted.why === 'later') {
    if (halted.trip !== null) await noteWait(deps, run, halted.trip, halted.until);
    return halted.until;
  }
  const now = deps.now();
  await atCommit(deps, 'run.halted', () => deps.db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('run').innerJoin('workspace', 'workspace.id', 'run.workspace_id').where('run.id', '=', run.id).where('run.epoch', '=', run.epoch).select(['run.state', 'workspace.paused_at']).forUpdate('run').executeTakeFirst();
    if (row?.state !== 'running') return;
    const reason = halted.why === 'paused' ? (row.paused_at === null ? 'byHand' : 'everythingPaused') : halted.why;
    await trx.updateTable('run').set({ state: 'paused', state_reason: reason, halt: haltOf(halted.trip, null, now) }).where('id', '=', run.id).execute();
    const why = halted.trip === null ? {} : { failures: halted.trip.failures, of: halted.trip.of, kind: halted.trip.kind };
    await recordAudit(trx, auditScope(run), { kind: 'run.paused', subjectKind: 'run', subjectId: run.id, payload: { sourceId: run.source.id, reason, ...why } }, now);
  }));
  return null;
}

/** The breaker makes the run wait: nobody takes it up before, unless a person resumes it. */
async function noteWait(deps: RunDependencies, run: OpenRun, trip: Trip, until: Date | null): Promise<void> {
  await deps.db.updateTable('run').set({ halt: haltOf(trip, until, deps.now()) }).where('id', '=', run.id).where('epoch', '=', run.epoch).where('state', '=', 'running').execute();
}

function haltOf(trip: Trip | null, until: Date | null, since: Date): string | null {
  return trip === null ? null : JSON.stringify({ kind: trip.kind, failures: trip.failures, of: trip.of, until: until?.toISOString() ?? null, since: since.toISOString() });
}
