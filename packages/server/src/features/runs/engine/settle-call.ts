import { atCommit } from '../../../app/commit-points.ts';
import { VendorError } from '@rollcall/connectors/kit';
import { auditScope, holdRun } from './run-store.ts';
import { commitOutcome } from './do-call.ts';
import { recordAudit } from '../../audit/index.ts';
import type { ItemWork, OpenItem } from './run-record.ts';
import type { StoredCall } from './do-call.ts';
import type { Verification } from '@rollcall/connectors/kit';

/**
 * Asks the vendor what became of a call whose answer was lost or whose process died. Waits until the request can no longer be under way and its effect would
 * be visible, then re-reads: done → its outcome is stored; not done → it may be made again; otherwise it waits for a person.
 * `sentMs`: not before the moment at which it was sent, by this process's clock that never jumps: the clock of the day may be set while we wait.
 */
export async function settleCall(work: ItemWork, item: OpenItem, stored: StoredCall, sentMs: number): Promise<Verification> {
  const { deps } = work;
  const clearMs = sentMs + deps.timing.requestTimeoutMs + deps.timing.consistencyMs;
  const early = await ask(work, item, stored);
  // An effect that is seen is settled at once; that nothing is seen proves nothing until the time is over.
  const answer = early === 'done' ? early : await askAfter(work, item, stored, clearMs);
  if (answer === 'done') await commitOutcome(work, item, stored, { result: 'applied', status: 0, message: 'The answer was lost; a re-read shows that it took effect.' });
  else await commitUnsettled(work, item, stored, answer);
  return answer;
}

async function askAfter(work: ItemWork, item: OpenItem, stored: StoredCall, clearMs: number): Promise<Verification> {
  await work.deps.sleep(Math.max(0, clearMs - performance.now()), work.signal);
  return ask(work, item, stored);
}

async function ask(work: ItemWork, item: OpenItem, stored: StoredCall): Promise<Verification> {
  try {
    return await work.reread.look(item.accountVendorId).stands(stored.call);
  } catch (error) {
    if (error instanceof VendorError) return 'cannotTell';
    throw error;
  }
}

async function commitUnsettled({ deps, run }: ItemWork, item: OpenItem, stored: StoredCall, answer: 'notDone' | 'cannotTell'): Promise<void> {
  const now = deps.now();
  await atCommit(deps, 'run.unsettled', () => deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    await trx.updateTable('run_call').set({ state: answer === 'notDone' ? 'pending' : 'uncertain', outcome_at: answer === 'notDone' ? null : now }).where('id', '=', stored.id).execute();
    await recordAudit(trx, auditScope(run), { kind: answer === 'notDone' ? 'run.call.notDone' : 'run.call.uncertain', subjectKind: 'account', subjectId: item.accountVendorId, payload: { sourceId: run.source.id, runId: run.id, itemId: item.id, call: stored.call } }, now);
  }));
}
