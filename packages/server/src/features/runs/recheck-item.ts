import { VendorError } from '@rollcall/connectors/kit';
import type { Call, Verification } from '@rollcall/connectors/kit';
import { civilDateIn } from '@rollcall/core';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { takeObservation } from '../accounts/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { OpenVendor } from '../vendor/index.ts';
import type { RunCommands } from './apply-plan.ts';
import { storedCall } from './engine/index.ts';
import { holdRealmOfRun } from './hold-realm.ts';

export interface RecheckDependencies extends RunCommands {
  readonly openVendor: OpenVendor;
}

/**
 * Asks the vendor now how one person of a run stands (mission C9). Settles an uncertain row when the vendor can tell; of a verified row it says when the access
 * came back. The inventory then shows what the vendor said. Changes nothing at the vendor.
 */
export async function recheckItem(deps: RecheckDependencies, scope: Scope, runId: string, itemId: number, signal: AbortSignal): Promise<void> {
  const row = await deps.db
    .selectFrom('run_item as i')
    .innerJoin('run as r', 'r.id', 'i.run_id')
    .innerJoin('source as s', 's.id', 'r.source_id')
    .innerJoin('account as a', 'a.id', 'i.account_id')
    .where('i.id', '=', itemId)
    .where('i.run_id', '=', runId)
    .where('i.workspace_id', '=', scope.workspaceId)
    .select(['i.state', 'a.vendor_id', 's.id as source_id', 's.kind', 's.settings', 's.time_zone', 'r.state as run_state', 'i.account_id', 's.realm_id', 's.key_owner'])
    .executeTakeFirst();
  if (row === undefined) throw new RequestProblem({ code: 'notFound', detail: 'There is no such row in this run.' });
  if (row.state === 'intent' || (row.state === 'pending' && row.run_state === 'running')) throw new RequestProblem({ code: 'conflict', refusal: 'personUnderWay', detail: 'This person is being worked on. Look again in a moment.' });
  const calls = await deps.db.selectFrom('run_call').where('run_item_id', '=', itemId).select(['id', 'call', 'state']).orderBy('ordinal').execute();
  const vendor = await deps.openVendor({ id: row.source_id, workspaceId: scope.workspaceId, kind: row.kind, settings: row.settings, timeZone: row.time_zone }, 'interactive', signal);
  const seenAt = deps.now();
  const seen = await ask(() => vendor.observe(row.vendor_id));
  const look = vendor.look(row.vendor_id);
  const answers: { id: number; answer: Verification }[] = [];
  for (const call of calls) answers.push({ id: call.id, answer: await ask(() => look.stands(parseCall(call.call))) });
  await settle(deps, scope, runId, itemId, row, answers, async (trx) => {
    const of = { accountId: row.account_id, workspaceId: scope.workspaceId, realmId: row.realm_id, sourceId: row.source_id, keyOwner: row.key_owner, today: civilDateIn(seenAt, row.time_zone), now: seenAt, runId: null };
    await takeObservation(trx, of, seen);
  });
}

function parseCall(call: object): Call {
  return storedCall.parse(call);
}

async function ask<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    if (error instanceof VendorError) throw new RequestProblem({ code: 'vendorUnreachable', detail: `The vendor could not be asked: ${error.facts.message}`, refusal: 'notAsked', data: { words: error.facts.message } }, { cause: error });
    throw error;
  }
}

async function settle(deps: RecheckDependencies, scope: Scope, runId: string, itemId: number, row: { vendor_id: string; source_id: string }, answers: readonly { id: number; answer: Verification }[], take: (trx: Transaction<Database>) => Promise<void>): Promise<void> {
  const now = deps.now();
  const done = answers.length > 0 && answers.every((one) => one.answer === 'done');
  const undone = answers.some((one) => one.answer === 'notDone');
  await deps.db.transaction().execute(async (trx) => {
    await holdRealmOfRun(trx, scope.workspaceId, runId);
    const current = await trx.selectFrom('run_item').select(['state', 'reason']).where('id', '=', itemId).forUpdate().executeTakeFirstOrThrow();
    const recheck = JSON.stringify({ recheck: { at: now.toISOString(), answer: done ? 'done' : undone ? 'notDone' : 'cannotTell' } });
    await trx.updateTable('run_item').set({ observed: recheck }).where('id', '=', itemId).execute();
    if (isAnswered(current, done, undone)) {
      for (const one of answers) {
        const settled = trx.updateTable('run_call').set({ state: one.answer === 'done' ? 'verified' : 'failed', outcome_at: now }).where('id', '=', one.id);
        await settled.where('state', 'in', ['uncertain', 'intent', 'applied', ...(current.reason === 'settledByHand' ? (['failed'] as const) : [])]).execute();
        // A call that was never made took nothing: an undo must not give it "back".
        await trx.updateTable('run_call').set({ state: one.answer === 'done' ? 'alreadySo' : 'skipped', outcome_at: now }).where('id', '=', one.id).where('state', '=', 'pending').execute();
      }
      await trx.updateTable('run_item').set({ state: done ? 'verified' : 'failed', reason: done ? null : 'notVerified', reason_data: null, updated_at: now }).where('id', '=', itemId).execute();
      await sql`update run set totals = (select jsonb_object_agg(state, n) from (select state, count(*) as n from run_item where run_id = ${runId} group by state) as counted) where id = ${runId}`.execute(trx);
    }
    await take(trx);
    await recordAudit(trx, scope, { kind: 'run.item.rechecked', subjectKind: 'account', subjectId: row.vendor_id, payload: { sourceId: row.source_id, runId, itemId, answer: done ? 'done' : undone ? 'notDone' : 'cannotTell' } }, now);
  });
}

/** Nobody could tell, and the vendor now can; or what had failed by a re-read or by somebody's word is seen to be so after all. */
function isAnswered({ state, reason }: { readonly state: string; readonly reason: string | null }, done: boolean, undone: boolean): boolean {
  if (state === 'uncertain') return done || undone;
  return done && state === 'failed' && (reason === 'notVerified' || reason === 'settledByHand');
}
