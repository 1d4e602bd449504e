import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { createIds } from '../../packages/server/src/app/new-id.ts';
import { transaction } from '../../packages/server/src/db/index.ts';
import { createKeyRing, createSecrets } from '../../packages/server/src/features/secrets/index.ts';
import { apiKeyField } from '../../packages/server/src/features/vendor/index.ts';
import { z } from 'zod';
import type { BenchDatabase } from '../harness/bench-database.ts';
import { dumpTables } from '../harness/dumped-tables.ts';
import type { DumpedTable } from '../harness/dumped-tables.ts';
import { runWorker } from '../harness/run-worker.ts';
import type { Measured } from '../harness/run-worker.ts';
import type { BenchSandbox } from './bench-sandbox.ts';

/** Tables that a first sync fills, in the order in which they refer to each other. */
const filled = ['evidence', 'directory', 'resource', 'account_group', 'group_grant', 'account', 'access', 'activity_month', 'group_member', 'direct_role'];
const counts = z.record(z.string(), z.number());
const worker = new URL('sync.worker.ts', import.meta.url);

export interface BenchSource {
  /** Does one sync in a process of its own. Throws when it does not end well. */
  sync(record?: string): Promise<Measured & { readonly totals: Readonly<Record<string, number>> }>;
  /** Every row that the last sync made, in files. */
  dump(): Promise<readonly DumpedTable[]>;
  /** Writes such rows bare into an empty inventory, in a process of its own. */
  copyBare(tables: readonly DumpedTable[]): Promise<Measured>;
  /** An inventory as before the first sync. */
  empty(): Promise<void>;
}

/** A stored organisation source that speaks to the sandbox, its key sealed as in the product. */
export async function makeSource(database: BenchDatabase, sandbox: BenchSandbox, requestsPerMinute: number): Promise<BenchSource> {
  const { db, pool, connectionString, serverPid } = database;
  const newId = createIds(() => new Date());
  const secretKey = randomBytes(32);
  const secrets = createSecrets(db, createKeyRing([secretKey], 'bench'));
  const workspace = await db.insertInto('workspace').values({ key: newId(), name: 'Bench' }).returning('id').executeTakeFirstOrThrow();
  const realm = await db.insertInto('realm').values({ workspace_id: workspace.id, kind: 'atlassian-org', vendor_id: sandbox.orgId, name: 'Acme' }).returning('id').executeTakeFirstOrThrow();
  const sourceId = newId();
  await transaction(pool, async (trx) => {
    await trx
      .insertInto('source')
      .values({ id: sourceId, workspace_id: workspace.id, realm_id: realm.id, kind: 'atlassian-org', name: 'Acme', key_owner: sandbox.keyOwner, settings: JSON.stringify({ baseUrl: sandbox.url, organisationId: sandbox.orgId, requestsPerMinute }) })
      .execute();
    await secrets.seal(trx, { workspaceId: workspace.id }, sourceId, apiKeyField, sandbox.key);
  });
  return {
    async sync(record) {
      const syncId = newId();
      await db.insertInto('sync').values({ id: syncId, workspace_id: workspace.id, source_id: sourceId, state: 'queued', requested_by: 'bench' }).execute();
      await sql`checkpoint`.execute(db);
      const measured = await runWorker(worker, { connectionString, syncId, secretKey: secretKey.toString('hex'), record: record ?? null }, serverPid);
      const row = await db.selectFrom('sync').select(['state', 'problem', 'totals']).where('id', '=', syncId).executeTakeFirstOrThrow();
      if (row.state !== 'done') throw new Error(`The sync ended ${row.state}: ${JSON.stringify(row.problem)}`);
      return { ...measured, totals: counts.parse(row.totals) };
    },
    dump: () => dumpTables(database, filled),
    copyBare: (tables) => runWorker(worker, { connectionString, tables, workspaceId: workspace.id, realmId: realm.id }, serverPid),
    async empty() {
      await sql`truncate account, access, activity_month, access_reading, group_member, account_group, resource, directory, evidence, usage_day, usage_month, sync_step restart identity cascade`.execute(db);
      await db.updateTable('source').set({ last_full_read_at: null, history_from: null }).where('id', '=', sourceId).execute();
    },
  };
}

/** The bare loop over the same pages. */
export function replay(file: string): Promise<Measured> {
  return runWorker(worker, { replay: file }, null);
}
