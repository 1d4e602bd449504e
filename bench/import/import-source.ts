import { createReadStream } from 'node:fs';
import { sql } from 'kysely';
import { z } from 'zod';
import { createIds } from '../../packages/server/src/app/new-id.ts';
import { previewUpload } from '../../packages/server/src/features/uploads/preview-upload.ts';
import { storeChunks } from '../../packages/server/src/features/uploads/upload-chunks.ts';
import type { BenchDatabase } from '../harness/bench-database.ts';
import { columnsOf, dumpQuery, dumpTables } from '../harness/dumped-tables.ts';
import type { DumpedTable } from '../harness/dumped-tables.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const counts = z.record(z.string(), z.number());

/** Tables that an import fills, in the order in which they refer to each other. */
const filled = ['evidence', 'resource', 'account', 'account_group', 'access', 'activity_month', 'group_member'];

export interface ImportSource {
  readonly workspaceId: number;
  readonly realmId: number;
  /** Uploads a file as the API stores it, has it looked through as the product does before anybody may take it, and queues its taking. */
  upload(csv: string, exportedOn: string): Promise<{ readonly syncId: string; readonly uploadSeconds: number; readonly previewSeconds: number }>;
  /** The counts of a sync that is done; throws when it is not. */
  totals(syncId: string): Promise<Readonly<Record<string, number>>>;
  /** Writes every row of the inventory to files, and remembers the accesses and months as they are. */
  dump(): Promise<readonly DumpedTable[]>;
  /** Writes what differs from the remembered accesses and months to files. */
  dumpChanges(): Promise<readonly DumpedTable[]>;
  empty(): Promise<void>;
}

export async function makeImportSource(database: BenchDatabase): Promise<ImportSource> {
  const { db, pool } = database;
  const newId = createIds(() => new Date());
  const workspace = await db.insertInto('workspace').values({ key: newId(), name: 'Bench' }).returning('id').executeTakeFirstOrThrow();
  const realm = await db.insertInto('realm').values({ workspace_id: workspace.id, kind: 'csv', vendor_id: 'file', name: 'File' }).returning('id').executeTakeFirstOrThrow();
  const sourceId = newId();
  await db.insertInto('source').values({ id: sourceId, workspace_id: workspace.id, realm_id: realm.id, kind: 'csv', name: 'File' }).execute();
  return {
    workspaceId: workspace.id,
    realmId: realm.id,
    async upload(csv, exportedOn) {
      const uploadId = newId();
      const syncId = newId();
      await sql`delete from upload`.execute(db);
      await sql`insert into upload (id, workspace_id, file_name, state, created_by, expires_at) values (${uploadId}::uuid, ${workspace.id}, 'export-users.csv', 'received', 'bench', now() + interval '1 day')`.execute(db);
      const started = performance.now();
      await storeChunks({ pool }, { workspaceId: workspace.id, uploadId }, createReadStream(csv), Number.MAX_SAFE_INTEGER);
      const uploadSeconds = (performance.now() - started) / 1_000;
      await previewUpload({ db, pool, now: () => new Date(), newId, log: quiet }, uploadId, new AbortController().signal);
      const previewSeconds = (performance.now() - started) / 1_000 - uploadSeconds;
      await sql`update upload set state = 'taken', exported_on = ${exportedOn}::date where id = ${uploadId}::uuid and state = 'ready'`.execute(db);
      await db.insertInto('sync').values({ id: syncId, workspace_id: workspace.id, source_id: sourceId, upload_id: uploadId, state: 'queued', requested_by: 'bench' }).execute();
      return { syncId, uploadSeconds, previewSeconds };
    },
    async totals(syncId) {
      const row = await db.selectFrom('sync').select(['state', 'problem', 'totals']).where('id', '=', syncId).executeTakeFirstOrThrow();
      if (row.state !== 'done') throw new Error(`The import ended ${row.state}: ${JSON.stringify(row.problem)}`);
      return counts.parse(row.totals);
    },
    async dump() {
      const tables = await dumpTables(database, filled);
      await sql`drop table if exists bench_access, bench_month`.execute(db);
      await sql`create unlogged table bench_access as select id, last_kind, last_on, evidence_id, known_through, clock_on from access`.execute(db);
      await sql`create unlogged table bench_month as select * from activity_month`.execute(db);
      return tables;
    },
    async dumpChanges() {
      const access = ['id', 'last_kind', 'last_on', 'evidence_id', 'known_through', 'clock_on'];
      const month = await columnsOf(db, 'activity_month');
      return [
        await dumpQuery(database, `select ${access.join(', ')} from access except select ${access.join(', ')} from bench_access`, 'fresh', access),
        await dumpQuery(database, `select ${month.join(', ')} from activity_month except select ${month.join(', ')} from bench_month`, 'fresh_month', month),
      ];
    },
    async empty() {
      await sql`truncate account, access, activity_month, access_reading, group_member, account_group, resource, directory, evidence, usage_day, usage_month restart identity cascade`.execute(db);
      await db.updateTable('source').set({ last_full_read_at: null, history_from: null, last_sync_id: null }).where('id', '=', sourceId).execute();
    },
  };
}
