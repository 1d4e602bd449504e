import { sql } from 'kysely';
import { SyncEnded, syncProgress } from './sync-record.ts';
import type { Database } from '../../db/index.ts';
import type { Kysely } from 'kysely';
import type { OpenSync, SyncProgress } from './sync-record.ts';

/** Takes a sync over: raises its epoch, so that whoever worked on it before writes nothing more. Null when there is nothing (more) to do. */
export async function claimSync(db: Kysely<Database>, syncId: string, now: Date): Promise<OpenSync | null> {
  const claimed = await db
    .updateTable('sync')
    .set((eb) => ({ epoch: eb('epoch', '+', 1), state: 'running', started_at: eb.fn.coalesce('started_at', eb.val(now)) }))
    .where('id', '=', syncId)
    .where('state', 'in', ['queued', 'running', 'finalising'])
    .returning(['id', 'workspace_id', 'source_id', 'epoch', 'requested_by', 'progress', 'upload_id'])
    .executeTakeFirst();
  if (claimed === undefined) return null;
  const source = await db
    .selectFrom('source')
    .leftJoin('source as target', 'target.id', 'source.attached_to')
    .where('source.id', '=', claimed.source_id)
    .select(['source.id', 'source.realm_id', 'source.kind', 'source.name', 'source.time_zone', 'source.settings', 'source.key_owner', 'source.last_full_read_at', 'target.realm_id as target_realm'])
    .executeTakeFirstOrThrow();
  const upload = claimed.upload_id === null ? undefined : await db.selectFrom('upload').select('exported_on').where('id', '=', claimed.upload_id).executeTakeFirst();
  return {
    id: claimed.id,
    workspaceId: claimed.workspace_id,
    epoch: claimed.epoch,
    requestedBy: claimed.requested_by,
    uploadId: claimed.upload_id,
    exportedOn: upload?.exported_on ?? null,
    progress: syncProgress.parse(claimed.progress),
    source: {
      id: source.id,
      realmId: source.realm_id,
      kind: source.kind,
      name: source.name,
      timeZone: source.time_zone,
      settings: source.settings,
      keyOwner: source.key_owner,
      hasFullRead: source.last_full_read_at !== null,
      attachedRealmId: source.target_realm,
    },
  };
}

/** Ends a sync in the state given, under our epoch, and drops what was staged. False when another worker has it. */
export async function endSync(
  db: Kysely<Database>,
  sync: Pick<OpenSync, 'id' | 'epoch'>,
  end: { readonly state: 'done' | 'failed' | 'cancelled' | 'held'; readonly progress: SyncProgress; readonly totals: Record<string, number>; readonly problem: { code: string; text: string; data?: object } | null; readonly at: Date },
): Promise<boolean> {
  const result = await db
    .updateTable('sync')
    .set({ state: end.state, progress: JSON.stringify(end.progress), totals: JSON.stringify(end.totals), problem: end.problem === null ? null : JSON.stringify(end.problem), finished_at: end.state === 'held' ? null : end.at })
    .where('id', '=', sync.id)
    .where('epoch', '=', sync.epoch)
    .where('state', 'in', ['running', 'finalising'])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** From here on the sync cannot be cancelled any more. Throws SyncEnded when it was, or when another worker has it. */
export async function beginFinalising(db: Kysely<Database>, sync: Pick<OpenSync, 'id' | 'epoch'>, progress: SyncProgress): Promise<void> {
  const result = await db
    .updateTable('sync')
    .set({ state: 'finalising', progress: JSON.stringify({ ...progress, step: 'saving', done: 0, total: null }) })
    .where('id', '=', sync.id)
    .where('epoch', '=', sync.epoch)
    .where('state', 'in', ['running', 'finalising'])
    .where('cancel_requested', '=', false)
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) return;
  const row = await db.selectFrom('sync').select('cancel_requested').where('id', '=', sync.id).where('epoch', '=', sync.epoch).executeTakeFirst();
  throw new SyncEnded(row?.cancel_requested === true ? 'cancelled' : 'fenced');
}

/** How many accounts the inventory of a realm holds now. */
export async function countAccounts(db: Kysely<Database>, realmId: number): Promise<number> {
  const row = await db.selectFrom('account').select((eb) => eb.fn.countAll<number>().as('accounts')).where('realm_id', '=', realmId).where('gone_at', 'is', null).executeTakeFirstOrThrow();
  return row.accounts;
}

const stagedTables = ['staged_account', 'staged_access', 'staged_resource', 'staged_directory', 'staged_group', 'staged_grant', 'staged_member', 'staged_role'] as const;

/** Removes the staged rows of a sync that is over. With no other sync open, truncating is thousands of times faster than deleting. */
export async function dropStaged(db: Kysely<Database>, syncId: string): Promise<void> {
  if (!(await truncateStaged(db, syncId))) {
    for (const table of stagedTables) await sql`delete from ${sql.table(table)} where sync_id = ${syncId}`.execute(db);
  }
  await db.deleteFrom('sync_step').where('sync_id', '=', syncId).execute();
}

/**
 * Empties the tables when no other sync can have rows there; false when it cannot be told at once. The lock comes before the question: a sync that
 * begins after it waits with its first row until we are done.
 */
async function truncateStaged(db: Kysely<Database>, syncId: string): Promise<boolean> {
  const tables = sql.join(stagedTables.map((name) => sql.table(name)));
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`lock table ${tables} in access exclusive mode nowait`.execute(trx);
      const open = await trx.selectFrom('sync').select('id').where('id', '<>', syncId).where('state', 'in', ['running', 'finalising', 'held']).limit(1).execute();
      if (open.length === 0) await sql`truncate ${tables}`.execute(trx);
      return open.length === 0;
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === lockNotAvailable) return false;
    throw error;
  }
}

const lockNotAvailable = '55P03';
