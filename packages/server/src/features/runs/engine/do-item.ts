import { VendorError } from '@rollcall/connectors/kit';
import { civilDateIn } from '@rollcall/core';
import { endItem, holdRun, parkItem } from './run-store.ts';
import { doCall } from './do-call.ts';
import { loadCalls, storeCalls } from './stored-calls.ts';
import { preflight } from './preflight.ts';
import { RunHalted } from './run-record.ts';
import { settleCall } from './settle-call.ts';
import { takeIntoInventory } from './inventory-effects.ts';
import { verifyItem } from './verify-item.ts';
import type { CallEnd, StoredCall } from './do-call.ts';
import type { EarlierCalls } from './stored-calls.ts';
import type { ItemEnd, ItemWork, OpenItem } from './run-record.ts';

/** After this many tries a person's row fails instead of waiting again. */
const mostAttempts = 6;

/** Does everything for one person: re-check, calls, verification, inventory. Ends with the row in a state that says what was done. */
export async function doItem(work: ItemWork, item: OpenItem): Promise<ItemEnd | null> {
  try {
    const earlier = await loadCalls(work, item);
    if (earlier.unsettled) return await end(work, item, { state: 'uncertain', reason: 'answerLost', message: 'It is not known whether the change took effect, and the vendor could not be asked.' });
    if (earlier.begun) return await makeCalls(work, item, earlier);
    const calls = await planCalls(work, item);
    return calls === null ? null : await makeCalls(work, item, { all: calls, open: calls, applied: 0 });
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return settleError(work, item, error);
  }
}

/** The re-check and the calls it leaves; null when it ended the row. */
async function planCalls(work: ItemWork, item: OpenItem): Promise<readonly StoredCall[] | null> {
  const seen = await work.change.observe(item.accountVendorId);
  const checked = await preflight(work, item, seen);
  if ('skip' in checked) {
    await end(work, item, checked.skip);
    return null;
  }
  return storeCalls(work, item, checked.calls);
}

async function makeCalls(work: ItemWork, item: OpenItem, calls: Pick<EarlierCalls, 'all' | 'open' | 'applied'>): Promise<ItemEnd | null> {
  let { applied } = calls;
  for (const stored of calls.open) {
    const done = await finishCall(work, item, stored);
    if (done.kind === 'done') {
      if (done.result === 'applied') applied += 1;
      continue;
    }
    if (done.kind === 'unclear') return end(work, item, { state: 'uncertain', reason: 'answerLost', message: done.error.facts.message });
    return settleError(work, item, done.error);
  }
  return verify(work, item, calls.all, applied);
}

/** Makes a call and, when its answer is lost, settles it and makes it again if it surely had no effect. */
async function finishCall(work: ItemWork, item: OpenItem, stored: StoredCall): Promise<CallEnd> {
  for (let attempt = 1; ; attempt += 1) {
    const sentAt = work.deps.now();
    const result = await doCall(work, item, stored);
    if (result.kind !== 'unclear') return result;
    const answer = await settleCall(work, item, stored, sentAt);
    if (answer === 'done') return { kind: 'done', result: 'applied' };
    if (answer === 'cannotTell' || attempt >= 3) return result;
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

/** What an error of the vendor means for this person and for the whole run (design.md section 8). */
async function settleError(work: ItemWork, item: OpenItem, error: VendorError): Promise<ItemEnd | null> {
  const { kind, message, retryAt } = error.facts;
  switch (kind) {
    case 'rateLimited': {
      const until = retryAt ?? new Date(work.deps.now().getTime() + 60_000);
      await parkItem(work.deps, work.run, item.id, until, 'rateLimited');
      throw new RunHalted('later', until);
    }
    case 'transient':
      if (item.attempts + 1 >= mostAttempts) return end(work, item, { state: 'failed', reason: kind, message });
      await parkItem(work.deps, work.run, item.id, new Date(work.deps.now().getTime() + 2_000 * 2 ** item.attempts), kind);
      return null;
    case 'auth':
    case 'scope':
      await parkItem(work.deps, work.run, item.id, work.deps.now(), kind);
      throw new RunHalted('keyRefused');
    case 'managedByIdp':
      return end(work, item, { state: 'skipped', reason: 'managedByIdp', message });
    case 'notFound':
      return end(work, item, { state: 'skipped', reason: 'accountGone', message });
    case 'drifted':
      return end(work, item, { state: 'skipped', reason: 'drifted', message });
    case 'forbidden':
    case 'rejected':
    case 'quota':
    case 'unsupported':
    case 'bug':
      return end(work, item, { state: 'failed', reason: kind, message });
  }
}

async function mark({ deps, run }: ItemWork, item: OpenItem, state: 'applied' | 'alreadySo'): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    await trx.updateTable('run_item').set({ state, updated_at: deps.now() }).where('id', '=', item.id).execute();
  });
}

async function end(work: ItemWork, item: OpenItem, how: ItemEnd, calls: readonly StoredCall[] = []): Promise<ItemEnd> {
  const { deps, run } = work;
  const now = deps.now();
  await deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    if (how.state === 'verified') await trx.updateTable('run_call').set({ state: 'verified' }).where('run_item_id', '=', item.id).where('state', '=', 'applied').execute();
    if (calls.length > 0) await takeIntoInventory(trx, work, item, calls.map((stored) => stored.call), civilDateIn(now, run.source.timeZone));
    await endItem(trx, run, item, how, now);
  });
  return how;
}
