import { addDays, civilDateIn } from '@rollcall/core';
import { countAccounts, endSync } from './sync-store.ts';
import { recordAudit } from '../audit/index.ts';
import { SyncEnded } from './sync-record.ts';
import type { CivilDate } from '@rollcall/core';
import type { Database } from '../../db/index.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { MergeCounts } from './merge/index.ts';
import type { OpenSync } from './sync-record.ts';
import type { ReadingProblem } from './read-source.ts';
import type { Transaction } from 'kysely';

/** The day up to which a sync knows: the day on which it was begun, in the source's time zone, or on which the file was made. */
export function dayOf(sync: OpenSync, now: Date): CivilDate {
  return sync.exportedOn ?? civilDateIn(begunAt(sync, now), sync.source.timeZone);
}

/** In the transaction of the merge: the source knows of the reading, the sync is done, and the audit trail says so. Throws SyncEnded when it was fenced or the source removed. */
export async function completeSync(trx: Transaction<Database>, deps: Dependencies, sync: OpenSync, counts: MergeCounts, problems: readonly ReadingProblem[]): Promise<void> {
  const now = deps.now();
  const today = dayOf(sync, now);
  const readAt = sync.exportedOn === null ? begunAt(sync, now) : endOfDay(sync.exportedOn, begunAt(sync, now));
  const kept = await trx
    .updateTable('source')
    .set((eb) => ({ last_full_read_at: readAt, last_sync_id: sync.id, history_from: eb.fn.coalesce('history_from', eb.cast<typeof today>(eb.val(today), 'date')) }))
    .where('id', '=', sync.source.id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (kept.numUpdatedRows === 0n) throw new SyncEnded('cancelled');
  // A file that is evidence is about those it was matched with, not about all of the organisation.
  const totals: MergeCounts = { ...counts, pages: sync.progress.pages, accounts: counts['accountsMatched'] ?? (await countAccounts(trx, sync.source.realmId)) };
  const problem = problems.length === 0 ? null : { code: 'partlyRead', text: `Some readings failed and their facts stay unknown: ${problems.map((one) => `${one.step} (${one.message})`).join('; ')}` };
  const ended = await endSync(trx, sync, { state: 'done', progress: { ...sync.progress, step: 'done' }, totals, problem, at: now });
  if (!ended) throw new SyncEnded('fenced');
  await recordAudit(trx, { workspaceId: sync.workspaceId, actor: { id: 'system', name: 'Rollcall', kind: 'system' } }, { kind: 'sync.done', subjectKind: 'source', subjectId: sync.source.id, payload: { syncId: sync.id, totals, requestedBy: sync.requestedBy } }, now);
}

/** Never in the future: a beginning that lies there was written before the clock was set back, and a reading must not claim to know what is still to come. */
function begunAt(sync: OpenSync, now: Date): Date {
  return new Date(Math.min(sync.progress.startedAtMs ?? now.getTime(), now.getTime()));
}

/** A file is as old as the end of the day on which it was made, and never from the future. */
function endOfDay(day: CivilDate, atMost: Date): Date {
  return new Date(Math.min(Date.parse(`${addDays(day, 1)}T00:00:00Z`), atMost.getTime()));
}
