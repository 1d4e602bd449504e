import { atCommit } from '../../app/commit-points.ts';
import { DirectRows } from './direct-rows.ts';
import { completeSync } from './complete-sync.ts';
import { buildIndexes, copyIn, holdIndexes, isUniqueViolation, setAsideIndexes, transaction } from '../../db/index.ts';
import { rollUpUsage } from './merge/index.ts';
import { sql } from 'kysely';
import { beginFinalising } from './sync-store.ts';
import type { CivilDate } from '@rollcall/core';
import type { Database } from '../../db/index.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Kysely, Transaction } from 'kysely';
import type { OpenSync, SyncProgress } from './sync-record.ts';
import type pg from 'pg';
import type { SourceRecord } from '@rollcall/connectors/kit';
import type { Vendor } from '../vendor/index.ts';

/** Rows are sent in pieces of about this many records: large enough for COPY, small enough for memory. */
const recordsPerCopy = 2_000;

/** A file that is the first of a realm in which nobody stands yet, each of its accounts in one place: nothing has to be compared or merged. */
export async function isFirstImport(db: Kysely<Database>, sync: OpenSync): Promise<boolean> {
  if (sync.source.kind !== 'csv' || sync.source.attachedRealmId !== null || sync.source.hasFullRead || sync.progress.pages > 0 || sync.uploadId === null) return false;
  const upload = await db.selectFrom('upload').select('preview').where('id', '=', sync.uploadId).executeTakeFirst();
  if (upload?.preview != null && 'repeatedAccounts' in upload.preview && upload.preview.repeatedAccounts !== 0) return false;
  return (await db.selectFrom('account').select('id').where('realm_id', '=', sync.source.realmId).limit(1).executeTakeFirst()) === undefined;
}

/**
 * Takes a file into an empty realm without the staging tables, in one transaction: what is parsed goes by COPY into the tables themselves. False when an
 * account comes twice in places apart: nothing is kept then, and the file is read the other way, which merges.
 */
export async function importDirectly(deps: Dependencies, sync: OpenSync, vendor: Vendor, today: CivilDate, onProgress: (progress: SyncProgress) => void): Promise<boolean> {
  await atCommit(deps, 'sync.indexesSetAside', () => setAsideIndexes(deps.db));
  try {
    await atCommit(deps, 'sync.firstFile', () => transaction(deps.pool, async (trx, client) => {
      await sql`select pg_advisory_xact_lock(hashtext('realm'), ${sync.source.realmId})`.execute(trx);
      await holdIndexes(trx);
      const rows = new DirectRows(sync, await makeEvidence(trx, deps, sync, today));
      const progress = await copyAll(client, rows, vendor, sync, onProgress);
      await atCommit(deps, 'sync.finalising', () => beginFinalising(deps.db, sync, progress));
      await correctCase(trx, sync);
      await buildIndexes(trx);
      await rollUpUsage(trx, sync.workspaceId, sync.source.realmId);
      const counts = { accountsChanged: 0, accountsAdded: rows.accounts, accountsGone: 0, membershipsRemoved: 0, membershipsAdded: rows.members, accessesChanged: 0, accessesAdded: rows.accesses, accessesEnded: 0 };
      await completeSync(trx, deps, { ...sync, progress }, counts, []);
    }));
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

async function copyAll(client: pg.ClientBase, rows: DirectRows, vendor: Vendor, sync: OpenSync, onProgress: (progress: SyncProgress) => void): Promise<SyncProgress> {
  const begun: SyncProgress = { ...sync.progress, step: 'file', stepStartedAtMs: sync.progress.startedAtMs };
  let pages = 0;
  let waiting: SourceRecord[] = [];
  let saving: Promise<void> = Promise.resolve();
  let token: string | null = null;
  do {
    const page = await vendor.read('file', '', token);
    token = page.next;
    for (const record of page.records) waiting.push(record);
    if (token === null || waiting.length >= recordsPerCopy) {
      await saving;
      // The next pages are parsed while these rows go in.
      saving = copyPiece(client, rows, waiting);
      saving.catch(() => undefined);
      waiting = [];
    }
    pages += 1;
    onProgress({ ...begun, pages, done: rows.accounts, accounts: rows.accounts, total: page.total });
  } while (token !== null);
  await saving;
  return { ...begun, pages, done: rows.accounts, accounts: rows.accounts };
}

async function copyPiece(client: pg.ClientBase, rows: DirectRows, records: readonly SourceRecord[]): Promise<void> {
  const piece = await rows.prepare(client, records);
  for (const { target, lines } of piece) if (lines.length > 0) await copyIn(client, target, lines);
}

async function makeEvidence(trx: Transaction<Database>, deps: Dependencies, sync: OpenSync, today: CivilDate): Promise<number> {
  const row = await trx
    .insertInto('evidence')
    .values({ workspace_id: sync.workspaceId, source_id: sync.source.id, kind: 'csv', known_through: today, read_at: deps.now() })
    .onConflict((conflict) => conflict.columns(['source_id', 'kind']).doUpdateSet({ known_through: today, read_at: deps.now() }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Small letters are the database's matter: where it makes others than JavaScript, its own are taken. */
async function correctCase(trx: Transaction<Database>, sync: OpenSync): Promise<void> {
  const search = sql`lower(concat_ws(' ', a.name, a.email, a.vendor_id))`;
  await sql`
    update account a set search_text = ${search}, sort_name = lower(coalesce(nullif(a.name, ''), nullif(a.email, ''), a.vendor_id)), sort_email = lower(coalesce(a.email, ''))
    where a.realm_id = ${sync.source.realmId} and a.search_text <> ${search}`.execute(trx);
}
