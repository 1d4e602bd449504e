import { atCommit } from '../../../app/commit-points.ts';
import { holdRun } from './run-store.ts';
import { settleCall } from './settle-call.ts';
import { storedCall } from './run-record.ts';
import type { Call } from '@rollcall/connectors/kit';
import type { Database } from '../../../db/index.ts';
import type { ItemWork, OpenItem } from './run-record.ts';
import type { StoredCall } from './do-call.ts';
import type { Transaction } from 'kysely';

/** The calls of a row on which work was begun before. `begun`: at least one took effect, so that the row is finished rather than planned anew. */
export interface EarlierCalls {
  readonly begun: boolean;
  readonly unsettled: boolean;
  readonly all: readonly StoredCall[];
  readonly open: readonly StoredCall[];
  readonly applied: number;
}

/**
 * Reads what an earlier try left, and settles open intents by asking the vendor before anything else is done. Whoever made them was fenced off when we took the run up: their
 * requests are no younger than that, whatever the clocks say.
 */
export async function loadCalls(work: ItemWork, item: OpenItem): Promise<EarlierCalls> {
  const rows = await work.deps.db.selectFrom('run_call').selectAll().where('run_item_id', '=', item.id).orderBy('ordinal').execute();
  const all: StoredCall[] = [];
  const open: StoredCall[] = [];
  let unsettled = false;
  let applied = 0;
  for (const row of rows) {
    const stored = { id: row.id, ordinal: row.ordinal, call: storedCall.parse(row.call) };
    all.push(stored);
    const asked = row.state === 'intent' || row.state === 'uncertain' ? await settleCall(work, item, stored, work.takenUpMs) : null;
    unsettled ||= asked === 'cannotTell';
    if (asked === 'done' || row.state === 'applied' || row.state === 'verified') applied += 1;
    else if (asked !== null || row.state === 'pending' || row.state === 'failed') open.push(stored);
  }
  return { begun: open.length < all.length, unsettled, all, open, applied };
}

/** Writes down the calls that the re-check left, before the first of them is made. Replaces what an earlier try wrote down without effect. */
export async function storeCalls({ deps, run }: ItemWork, item: OpenItem, calls: readonly Call[]): Promise<readonly StoredCall[]> {
  return atCommit(deps, 'run.calls', () => deps.db.transaction().execute(async (trx) => {
    await holdRun(trx, run);
    await trx.deleteFrom('run_call').where('run_item_id', '=', item.id).execute();
    if (calls.length === 0) return [];
    const rows = await trx
      .insertInto('run_call')
      .values(calls.map((call, ordinal) => ({ workspace_id: run.workspaceId, run_id: run.id, run_item_id: item.id, ordinal, call: JSON.stringify(call), state: 'pending' as const })))
      .returning(['id', 'ordinal'])
      .execute();
    return rows.flatMap((row) => {
      const call = calls[row.ordinal];
      return call === undefined ? [] : [{ id: row.id, ordinal: row.ordinal, call }];
    });
  }));
}

/** What of a row took effect so far. */
export async function appliedCalls(trx: Transaction<Database>, item: Pick<OpenItem, 'id'>): Promise<readonly Call[]> {
  const rows = await trx.selectFrom('run_call').select('call').where('run_item_id', '=', item.id).where('state', 'in', ['applied', 'verified']).orderBy('ordinal').execute();
  return rows.map((row) => storedCall.parse(row.call));
}
