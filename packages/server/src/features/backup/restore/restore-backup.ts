import type { Transaction } from 'kysely';
import type pg from 'pg';
import { systemScope } from '../../../app/scope.ts';
import { holdMigrations, migrationsFolder, readMigrationFiles, transaction } from '../../../db/index.ts';
import type { Database, MigrationFile } from '../../../db/index.ts';
import { recordAudit, verifyTrail } from '../../audit/index.ts';
import { BackupFileError } from '../backup-file-error.ts';
import type { BackupSummary } from '../check-backup.ts';
import { currentSchema } from '../snapshot.ts';
import { applyTo, assertFits, makeFreshSchema, setAside } from './fresh-schema.ts';
import { assertLoaded, loadTables } from './load-tables.ts';
import { continueSequences } from './sequences.ts';
import { dropSealed, settleRestored } from './settle.ts';
import type { Settled } from './settle.ts';
import { swapSchemas } from './swap-schemas.ts';
import { assertNoNodes } from './target.ts';

/** What the person who restores sees under way. `done` and `total` count rows, where something is counted. */
export interface RestoreProgress {
  readonly text: string;
  readonly done: number;
  readonly total: number | null;
}

export interface RestoreOrder {
  /** What checkBackup said of the file. */
  readonly summary: BackupSummary;
  /** The same file's bytes once more. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly now: Date;
  /** Take stored API keys and second factors out: the key that opens them is lost. */
  readonly withoutKeys: boolean;
  readonly onProgress: (progress: RestoreProgress) => void;
  /** This program's migrations; tests give others. */
  readonly migrations?: string;
}

export interface Restored extends Settled {
  readonly rows: number;
  readonly tables: number;
  /** Migrations that brought the restored rows up to this program's schema. */
  readonly migrated: readonly string[];
  /** What is wrong with an audit trail: it was so before the backup was made. */
  readonly auditProblems: readonly string[];
}

/** This program's steps up to the backup's schema, and those after it. Throws BackupFileError for a schema that this program does not know. */
export async function stepsFor({ header, schema }: BackupSummary, folder: string = migrationsFolder): Promise<{ readonly before: MigrationFile[]; readonly after: MigrationFile[] }> {
  const files = await readMigrationFiles(folder);
  if (schema > files.length) {
    throw new BackupFileError(`This backup is of a newer Rollcall (${header.rollcall}, schema ${schema}; this one knows ${files.length}). Restore it with that version or a later one.`);
  }
  const strange = header.migrations.find((one, index) => files[index]?.sha256 !== one.sha256 || files[index].number !== one.number);
  if (strange !== undefined) throw new BackupFileError(`This backup was made by another build of Rollcall: its ${strange.name} is not this one's. Restore it with the Rollcall that made it.`);
  return { before: files.slice(0, schema), after: files.slice(schema) };
}

/**
 * Puts the rows of a checked backup into the place of everything that the database holds, in one transaction: it is restored whole, or nothing has changed,
 * whenever it is interrupted. The database must have this program's schema. Throws BackupFileError, RestoreRefused, DiskFullError.
 */
export async function restoreBackup(pool: pg.Pool, order: RestoreOrder): Promise<Restored> {
  const steps = await stepsFor(order.summary, order.migrations);
  const restored = await transaction(pool, async (trx, client) => {
    await client.query("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL synchronize_seqscans = off; SET LOCAL maintenance_work_mem = '256MB'");
    // A node that starts now waits here, and goes on with what we leave.
    await holdMigrations(client);
    await assertNoNodes(client);
    const target = await currentSchema(client);
    await makeFreshSchema(client, steps.before);
    await assertFits(client, order.summary.header);
    await fill(client, order);
    tell(order, 'Bringing the schema up to date');
    await applyTo(client, steps.after);
    const auditProblems = await verifyTrails(trx, order);
    if (order.withoutKeys) await dropSealed(trx);
    const settled = await settleRestored(trx, order.summary.header.madeAt, order.now);
    await record(trx, order, settled);
    tell(order, 'Putting it in place');
    await swapSchemas(client, target);
    return { ...settled, rows: order.summary.rows, tables: order.summary.tables.length, migrated: steps.after.map(({ name }) => name), auditProblems };
  });
  tell(order, 'It is in place; gathering statistics');
  await pool.query('ANALYZE');
  return restored;
}

async function fill(client: pg.ClientBase, order: RestoreOrder): Promise<void> {
  const { summary } = order;
  const putBack = await setAside(client);
  await loadTables(client, order.bytes, summary, (bytes) => {
    order.onProgress({ text: 'Loading', done: Math.floor((summary.rows * bytes) / Math.max(summary.bytes, 1)), total: summary.rows });
  });
  tell(order, 'Reading back what was loaded');
  await assertLoaded(client, summary);
  await continueSequences(client, summary);
  tell(order, 'Making indexes');
  await putBack();
}

async function verifyTrails(trx: Transaction<Database>, order: RestoreOrder): Promise<string[]> {
  tell(order, 'Verifying the audit trail');
  const problems: string[] = [];
  for (const { id, name } of await trx.selectFrom('workspace').select(['id', 'name']).orderBy('id').execute()) {
    const report = await verifyTrail({ db: trx }, systemScope(id, new Set()));
    if (!report.ok) problems.push(`${name}: ${report.problem?.text ?? 'cannot be verified.'}`);
  }
  return problems;
}

async function record(trx: Transaction<Database>, { summary, now, withoutKeys }: RestoreOrder, settled: Settled): Promise<void> {
  const actor = { id: 'local', name: 'Rollcall CLI', kind: 'local' as const };
  const payload = { madeAt: summary.header.madeAt, rows: summary.rows, schema: summary.schema, withoutKeys, ...settled };
  for (const { id } of await trx.selectFrom('workspace').select('id').execute()) {
    await recordAudit(trx, { workspaceId: id, actor }, { kind: 'backup.restored', subjectKind: 'backup', subjectId: null, payload }, now);
  }
}

function tell(order: RestoreOrder, text: string): void {
  order.onProgress({ text, done: 0, total: null });
}
