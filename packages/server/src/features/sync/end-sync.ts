import { atCommit } from '../../app/commit-points.ts';
import { RequestProblem } from '../../app/problem.ts';
import { dropStaged } from './sync-store.ts';
import { recordAudit } from '../audit/index.ts';
import { sql } from 'kysely';
import { syncProgress } from './sync-record.ts';
import { syncQueue } from './sync-queue.ts';
import { transaction } from '../../db/index.ts';
import { visibleSource } from './sync-read-model.ts';
import type { Database } from '../../db/index.ts';
import type { Scope } from '../../app/scope.ts';
import type { SyncRequestDependencies } from './request-sync.ts';
import type { Transaction } from 'kysely';

interface LockedSync {
  readonly id: string;
  readonly source_id: string;
  readonly state: string;
  readonly progress: object;
}

/** Cancels: what waits ends at once, what runs is asked to end and does so within a page. What is being taken into the inventory is not cancelled. */
export async function cancelSync(deps: SyncRequestDependencies, scope: Scope, syncId: string): Promise<void> {
  const ended = await atCommit(deps, 'sync.cancelled', () => transaction(deps.pool, async (trx) => {
    const sync = await lockSync(trx, scope, syncId);
    if (sync.state === 'finalising') throw new RequestProblem({ code: 'conflict', title: 'Too late', detail: 'Everything is read and is being taken into the inventory: this takes a moment and cannot be cancelled any more.' });
    if (sync.state !== 'queued' && sync.state !== 'running') throw new RequestProblem({ code: 'conflict', title: 'Not running', detail: sync.state === 'held' ? 'This reading is held: take it or drop it.' : 'This sync is over.' });
    const at = deps.now();
    const change = sync.state === 'queued' ? ({ state: 'cancelled', finished_at: at, cancel_requested: true } as const) : { cancel_requested: true };
    await trx.updateTable('sync').set(change).where('id', '=', syncId).execute();
    await recordAudit(trx, scope, { kind: 'sync.cancelled', subjectKind: 'source', subjectId: sync.source_id, payload: { syncId } }, at);
    return sync.state === 'queued';
  }));
  if (ended) await atCommit(deps, 'sync.dropped', () => dropStaged(deps.db, syncId));
}

/** Takes a held reading into the inventory after all, or drops it. */
export async function confirmSync(deps: SyncRequestDependencies, scope: Scope, syncId: string, decision: 'take' | 'drop'): Promise<void> {
  if (scope.sites !== null) throw new RequestProblem({ code: 'forbidden', title: 'Not allowed', detail: 'This reading is about all sites of the source, and you are limited to some. Ask somebody who is not.' });
  await atCommit(deps, 'sync.decided', () => transaction(deps.pool, async (trx) => {
    const sync = await lockSync(trx, scope, syncId);
    if (sync.state !== 'held') throw new RequestProblem({ code: 'conflict', title: 'Not held', detail: 'Only a reading that is held is decided about. Look at the state of this sync.' });
    const at = deps.now();
    if (decision === 'drop') {
      await trx.updateTable('sync').set({ state: 'cancelled', finished_at: at }).where('id', '=', syncId).execute();
    } else {
      const progress = { ...syncProgress.parse(sync.progress), confirmed: true };
      await trx.updateTable('sync').set({ state: 'queued', problem: null, progress: JSON.stringify(progress) }).where('id', '=', syncId).execute();
      await deps.jobs.enqueue(trx, syncQueue, { syncId }, { key: sync.source_id });
    }
    await recordAudit(trx, scope, { kind: decision === 'take' ? 'sync.heldTaken' : 'sync.heldDropped', subjectKind: 'source', subjectId: sync.source_id, payload: { syncId } }, at);
  }));
  if (decision === 'drop') await atCommit(deps, 'sync.dropped', () => dropStaged(deps.db, syncId));
}

async function lockSync(trx: Transaction<Database>, scope: Scope, syncId: string): Promise<LockedSync> {
  const { rows } = await sql<LockedSync>`
    select y.id, y.source_id, y.state, y.progress from sync y join source s on s.id = y.source_id where y.id = ${syncId}::uuid and ${visibleSource(scope)} for update of y`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new RequestProblem({ code: 'notFound', title: 'No such sync', detail: 'There is no such sync, or you may not see its source. Open Sources for the last ones.' });
  return row;
}
