import { atCommit } from '../../../app/commit-points.ts';
import { VendorError } from '@rollcall/connectors/kit';
import { civilDateIn } from '@rollcall/core';
import { endItem, holdRun, parkItem } from './run-store.ts';
import { doCall } from './do-call.ts';
import { appliedCalls, loadCalls, storeCalls } from './stored-calls.ts';
import { preflight } from './preflight.ts';
import { RunHalted } from './run-record.ts';
import { settleCall } from './settle-call.ts';
import { mayChangeRealm, noteObserved } from '../../sync/index.ts';
import { takeIntoInventory } from './inventory-effects.ts';
import { takeObservation } from '../../accounts/index.ts';
import { isKeysFault, verifyItem } from './verify-item.ts';
import type { Call, ErrorKind, Observation } from '@rollcall/connectors/kit';
import type { CallEnd, StoredCall } from './do-call.ts';
import type { EarlierCalls } from './stored-calls.ts';
import type { ItemEnd, ItemWork, OpenItem } from './run-record.ts';

/** After this many tries a person's row fails instead of waiting again. */
const mostAttempts = 6;

/**
 * Does everything for one person: re-check, calls, verification, inventory. Ends with the row in a state that says what was done; null when the run stopped going on
 * before anything was: the row is as it was.
 */
export async function doItem(work: ItemWork, item: OpenItem): Promise<ItemEnd | null> {
  try {
    const earlier = await loadCalls(work, item);
    if (earlier.unsettled) return await end(work, item, lost('It is not known whether the change took effect, and the vendor could not be asked.'));
    if (earlier.begun) return await makeCalls(work, item, earlier);
    const planned = await planCalls(work, item);
    return 'ended' in planned ? planned.ended : await makeCalls(work, item, { begun: false, all: planned.calls, open: planned.calls, applied: 0 });
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return settleError(work, item, error, null);
  }
}

/**
 * Writes down how far a person of a cancelled run was: open intents are settled by asking, and nothing is changed any more. Null when nothing took effect: the row is
 * then one that was cancelled before it was begun.
 */
export async function closeItem(work: ItemWork, item: OpenItem): Promise<ItemEnd | null> {
  const earlier = await loadCalls(work, item);
  if (earlier.unsettled) return end(work, item, lost('The run was cancelled; it is not known whether the change took effect, and the vendor could not be asked.'));
  if (earlier.applied === 0) return null;
  if (earlier.open.length === 0) return verify(work, item, earlier.all, earlier.applied);
  return end(work, item, { state: 'failed', reason: 'runCancelled', message: 'The run was cancelled in the middle of this person: part of the change was made. Undo gives it back.' });
}

function lost(message: string): ItemEnd {
  return { state: 'uncertain', reason: 'answerLost', message };
}

/** The re-check and the calls it leaves, or how it ended the row. */
async function planCalls(work: ItemWork, item: OpenItem): Promise<{ readonly calls: readonly StoredCall[] } | { readonly ended: ItemEnd }> {
  const seen = await work.change.observe(item.accountVendorId);
  const checked = await preflight(work, item, seen);
  if ('skip' in checked) return { ended: await end(work, item, checked.skip, null, seen) };
  return { calls: await storeCalls(work, item, checked.calls) };
}

/** Refusals of one call that say nothing about the others. */
const ofOneCall: ReadonlySet<ErrorKind> = new Set(['managedByIdp', 'notFound', 'drifted', 'forbidden', 'rejected', 'quota', 'unsupported', 'bug']);

async function makeCalls(work: ItemWork, item: OpenItem, calls: Pick<EarlierCalls, 'begun' | 'all' | 'open' | 'applied'>): Promise<ItemEnd | null> {
  let { applied } = calls;
  let refused: { readonly error: VendorError; readonly call: Call } | null = null;
  for (const stored of calls.open) {
    const done = await finishCall(work, item, stored, !calls.begun && stored === calls.open[0]);
    if (done.kind === 'notBegun') return null;
    if (done.kind === 'done') {
      if (done.result === 'applied') applied += 1;
      continue;
    }
    if (done.kind === 'unclear') return end(work, item, lost(done.error.facts.message));
    // Giving back goes on: one group that is gone does not keep the others from a person.
    if (!work.run.isUndo || !ofOneCall.has(done.error.facts.kind)) return settleError(work, item, done.error, stored.call, applied > 0);
    refused ??= { error: done.error, call: stored.call };
  }
  if (refused !== null) return settleError(work, item, refused.error, refused.call, applied > 0);
  return verify(work, item, calls.all, applied);
}

/** Makes a call and, when its answer is lost, settles it and makes it again if it surely had no effect. */
async function finishCall(work: ItemWork, item: OpenItem, stored: StoredCall, begins: boolean): Promise<CallEnd> {
  for (let attempt = 1; ; attempt += 1) {
    const sentMs = performance.now();
    const result = await doCall(work, item, stored, begins && attempt === 1);
    if (result.kind !== 'unclear') return result;
    const answer = await settleCall(work, item, stored, sentMs);
    if (answer === 'done') return { kind: 'done', result: 'applied' };
    if (answer === 'cannotTell') return result;
    // It surely did not happen, again and again: the person is tried later, and nothing is uncertain.
    if (attempt >= 3) return { kind: 'refused', error: result.error };
  }
}

async function verify(work: ItemWork, item: OpenItem, calls: readonly StoredCall[], applied: number): Promise<ItemEnd> {
  await mark(work, item, applied > 0 ? 'applied' : 'alreadySo');
  const checked = await verifyItem(work, item, calls);
  if (checked.answer === 'done') return applied > 0 ? end(work, item, { state: 'verified', reason: null }, calls) : end(work, item, { state: 'alreadySo', reason: 'alreadySo' }, calls);
  if (checked.answer === 'notDone') {
    const left = checked.left.length === 0 ? '' : ` Still there: ${checked.left.join(', ')}.`;
    return end(work, item, { state: 'failed', reason: 'notVerified', message: `The vendor accepted the change, but a re-read does not show it.${left}` });
  }
  return end(work, item, { state: 'uncertain', reason: 'cannotVerify', message: 'The vendor accepted the change, but could not be asked whether it is so.' });
}

/** What an error of the vendor means for this person and for the whole run (design.md section 8). `partly`: an earlier call of the row took effect. */
async function settleError(work: ItemWork, item: OpenItem, error: VendorError, call: Call | null, partly = false): Promise<ItemEnd | null> {
  const { kind, message, retryAt } = error.facts;
  const ended = (state: 'skipped' | 'failed', reason: string): Promise<ItemEnd> =>
    end(work, item, partly ? { state: 'failed', reason, message: `${message} Part of the change was made before.` } : { state, reason, message });
  switch (kind) {
    case 'rateLimited': {
      const until = retryAt ?? new Date(work.deps.now().getTime() + 60_000);
      await parkItem(work.deps, work.run, item.id, until, 'rateLimited');
      throw new RunHalted('later', until);
    }
    case 'transient':
      if (item.attempts + 1 >= mostAttempts) return ended('failed', kind);
      await parkItem(work.deps, work.run, item.id, new Date(work.deps.now().getTime() + 2_000 * 2 ** item.attempts), kind);
      return { state: 'pending', reason: kind, reasonData: { attempts: item.attempts + 1 } };
    case 'auth':
    case 'scope':
      await parkItem(work.deps, work.run, item.id, work.deps.now(), kind);
      throw new RunHalted('keyRefused');
    case 'managedByIdp':
    case 'drifted':
      return ended('skipped', kind);
    case 'notFound':
      return ended('skipped', call?.verb === 'addToGroup' ? 'groupGone' : 'accountGone');
    case 'forbidden':
      // Is it this person, or may the key do nothing any more (its owner is no administrator now)? Then nobody has failed.
      if (!(await isKeysFault(work, error))) return ended('failed', kind);
      await parkItem(work.deps, work.run, item.id, work.deps.now(), kind);
      throw new RunHalted('keyRefused');
    case 'rejected':
    case 'quota':
    case 'unsupported':
    case 'bug':
      return ended('failed', kind);
  }
}

async function mark({ deps, run }: ItemWork, item: OpenItem, state: 'applied' | 'alreadySo'): Promise<void> {
  await atCommit(deps, 'run.made', () => deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    await trx.updateTable('run_item').set({ state, reason: null, updated_at: deps.now() }).where('id', '=', item.id).execute();
  }));
}

/**
 * Ends the row with its audit event. `calls`: all that the row came to, verified; without them what took effect is taken into the inventory as far as it went. `seen`: the
 * vendor's word about a person of whom nothing was changed, which the inventory then shows as well.
 */
async function end(work: ItemWork, item: OpenItem, how: ItemEnd, calls: readonly StoredCall[] | null = null, seen: Observation | null = null): Promise<ItemEnd> {
  const { deps, run } = work;
  const now = deps.now();
  await atCommit(deps, 'run.itemEnd', () => deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    if (how.state === 'verified') await trx.updateTable('run_call').set({ state: 'verified' }).where('run_item_id', '=', item.id).where('state', '=', 'applied').execute();
    const taken = calls?.map((stored) => stored.call) ?? (how.reason === 'notVerified' || how.reason === 'cannotVerify' ? [] : await appliedCalls(trx, item));
    const today = civilDateIn(now, run.source.timeZone);
    const { workspaceId, source: { id: sourceId, realmId, keyOwner } } = run;
    // While a reading is being taken in (it can take minutes) nobody waits: the inventory learns it afterwards, and of somebody who was left as they were with the next reading.
    const free = await mayChangeRealm(trx, realmId);
    if (free && taken.length > 0) {
      await takeIntoInventory(trx, run, item, taken, today, calls !== null);
      await noteObserved(trx, { accountId: item.accountId, workspaceId, at: now, runId: run.id });
    }
    if (free && seen !== null) await takeObservation(trx, { accountId: item.accountId, workspaceId, realmId, sourceId, keyOwner, today, now, runId: run.id }, seen);
    await endItem(trx, run, item, how, now);
    if (!free && taken.length > 0) await trx.updateTable('run_item').set({ inventory_owed: true }).where('id', '=', item.id).execute();
  }));
  deps.counters?.runItemEnded(how.state, how.reason);
  return how;
}
