import { atCommit } from '../../../app/commit-points.ts';
import { VendorError } from '@rollcall/connectors/kit';
import { auditScope, holdRun, standingOf } from './run-store.ts';
import { databaseNow, keepIntentFresh } from './fresh-intent.ts';
import type { IntentAge } from './fresh-intent.ts';
import { recordAudit } from '../../audit/index.ts';
import type { Call, CallOutcome } from '@rollcall/connectors/kit';
import type { ItemWork, OpenItem } from './run-record.ts';

/** One call as it stands in the database. */
export interface StoredCall {
  readonly id: number;
  readonly ordinal: number;
  readonly call: Call;
}

/** How a call ended. `unclear`: it can have taken effect and nobody has said. `notBegun`: it would have been a person's first, and the run does not go on. */
export type CallEnd =
  | { readonly kind: 'notBegun' }
  | { readonly kind: 'done'; readonly result: 'applied' | 'alreadySo' }
  | { readonly kind: 'refused'; readonly error: VendorError }
  | { readonly kind: 'unclear'; readonly error: VendorError };

/**
 * Makes one call at the vendor: the intent is committed under our epoch before it, the outcome and its audit event in one transaction after it
 * (design.md section 8). A crash in between leaves the intent open; a restart asks the vendor before anything else.
 *
 * @param begins the person's first call: it is not made when the run was paused, cancelled or stopped, or its source closed to changes, while the person was looked at
 */
export async function doCall(work: ItemWork, item: OpenItem, stored: StoredCall, begins: boolean): Promise<CallEnd> {
  const age: IntentAge = { writtenAtMs: performance.now() };
  if (!(await commitIntent(work, item, stored, begins))) return { kind: 'notBegun' };
  try {
    const outcome = await work.change.apply(item.accountVendorId, stored.call, () => keepIntentFresh(work, stored.id, age));
    await commitOutcome(work, item, stored, outcome);
    return { kind: 'done', result: outcome.result };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    if (!error.facts.surelyWithoutEffect) return { kind: 'unclear', error };
    await commitRefusal(work, item, stored, error);
    return { kind: 'refused', error };
  }
}

/** False, and nothing written, when nobody may be begun any more. */
async function commitIntent({ deps, run, mayBegin }: ItemWork, item: OpenItem, stored: StoredCall, begins: boolean): Promise<boolean> {
  const now = deps.now();
  return atCommit(deps, 'run.intent', () => deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    if (begins && (!mayBegin() || (await standingOf(trx, run)) !== 'running')) return false;
    await trx.updateTable('run_call').set({ state: 'intent', epoch: run.epoch, intent_at: databaseNow, error_kind: null, vendor_status: null, vendor_code: null, vendor_message: null }).where('id', '=', stored.id).execute();
    await trx.updateTable('run_item').set({ state: 'intent', updated_at: now }).where('id', '=', item.id).execute();
    await recordAudit(trx, auditScope(run), { kind: 'run.call.intent', subjectKind: 'account', subjectId: item.accountVendorId, payload: { sourceId: run.source.id, runId: run.id, itemId: item.id, call: stored.call } }, now);
    return true;
  }));
}

/** Also used when a re-read shows that an unclear call took effect: `message` then says so. */
export async function commitOutcome({ deps, run }: ItemWork, item: OpenItem, stored: StoredCall, outcome: CallOutcome): Promise<void> {
  const now = deps.now();
  await atCommit(deps, 'run.outcome', () => deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    await trx
      .updateTable('run_call')
      .set({ state: outcome.result, outcome_at: now, vendor_status: outcome.status === 0 ? null : outcome.status, vendor_message: outcome.message })
      .where('id', '=', stored.id)
      .execute();
    await recordAudit(trx, auditScope(run), { kind: `run.call.${outcome.result}`, subjectKind: 'account', subjectId: item.accountVendorId, payload: { sourceId: run.source.id, runId: run.id, itemId: item.id, call: stored.call, status: outcome.status } }, now);
  }));
}

async function commitRefusal({ deps, run }: ItemWork, item: OpenItem, stored: StoredCall, error: VendorError): Promise<void> {
  const now = deps.now();
  const { kind, status, code, message } = error.facts;
  // What will be tried again goes back to pending; everything else is this call's end.
  const state = kind === 'rateLimited' || kind === 'transient' ? 'pending' : 'failed';
  await atCommit(deps, 'run.refusal', () => deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    await trx.updateTable('run_call').set({ state, outcome_at: now, error_kind: kind, vendor_status: status, vendor_code: code, vendor_message: message }).where('id', '=', stored.id).execute();
    await recordAudit(trx, auditScope(run), { kind: 'run.call.refused', subjectKind: 'account', subjectId: item.accountVendorId, payload: { sourceId: run.source.id, runId: run.id, itemId: item.id, call: stored.call, errorKind: kind, status, code } }, now);
  }));
}
