import { atCommit } from '../../app/commit-points.ts';
import { RequestProblem } from '../../app/problem.ts';
import { recordAudit } from '../audit/index.ts';
import { sql } from 'kysely';
import { syncQueue } from './sync-queue.ts';
import { transaction } from '../../db/index.ts';
import { visibleSource } from './sync-read-model.ts';
import type { Database } from '../../db/index.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Jobs } from '../../jobs/index.ts';
import type { Scope } from '../../app/scope.ts';
import type { Transaction } from 'kysely';

export interface SyncRequestDependencies extends Dependencies {
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

/** Queues a sync of a source by hand: its row and its job together. Throws `alreadyRunning` with the open sync's id. Returns its id. */
export async function requestSync(deps: SyncRequestDependencies, scope: Scope, sourceId: string): Promise<string> {
  return atCommit(deps, 'sync.requested', () => transaction(deps.pool, async (trx) => {
    const { rows } = await sql<{ id: string; kind: string }>`
      select s.id, s.kind from source s where s.id = ${sourceId}::uuid and s.removed_at is null and ${visibleSource(scope)} for update`.execute(trx);
    const [source] = rows;
    if (source === undefined) throw noSuchSource();
    if (source.kind === 'csv') throw new RequestProblem({ code: 'conflict', title: 'A file is not read again', detail: 'This source is a file. Upload a newer export to bring it up to date.' });
    return queueSync(deps, trx, scope, { sourceId, uploadId: null });
  }));
}

/** Adds the row and the job in the caller's transaction, which holds the lock of the source's row. */
export async function queueSync(deps: SyncRequestDependencies, trx: Transaction<Database>, scope: Pick<Scope, 'workspaceId' | 'actor'>, what: { readonly sourceId: string; readonly uploadId: string | null }): Promise<string> {
  const open = await trx.selectFrom('sync').select(['id', 'state']).where('source_id', '=', what.sourceId).where('state', 'in', ['queued', 'running', 'finalising', 'held']).executeTakeFirst();
  if (open !== undefined) {
    const detail = open.state === 'held' ? 'The last reading of this source is held: take it or drop it first.' : 'This source is being read already. Wait for that sync, or cancel it.';
    throw new RequestProblem({ code: 'alreadyRunning', title: 'Already running', refusal: open.state === 'held' ? 'readingHeld' : 'syncOpen', detail, data: { syncId: open.id } });
  }
  const id = deps.newId();
  const at = deps.now();
  await trx
    .insertInto('sync')
    .values({ id, workspace_id: scope.workspaceId, source_id: what.sourceId, upload_id: what.uploadId, state: 'queued', requested_by: scope.actor.name, queued_at: at })
    .execute();
  await deps.jobs.enqueue(trx, syncQueue, { syncId: id }, { key: what.sourceId });
  await recordAudit(trx, scope, { kind: 'sync.requested', subjectKind: 'source', subjectId: what.sourceId, payload: { syncId: id } }, at);
  return id;
}

export function noSuchSource(): RequestProblem {
  return new RequestProblem({ code: 'notFound', title: 'No such source', detail: 'There is no such source, or you may not see it. Open Sources for those you can.' });
}
