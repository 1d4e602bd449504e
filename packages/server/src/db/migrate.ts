import type pg from "pg";
import { asDiskFull } from "./disk-full-error.ts";
import { migrationsFolder, readMigrationFiles, type MigrationFile } from "./migration-files.ts";

/** The database's schema and this program do not belong together; the message says what to do. */
export class SchemaMismatchError extends Error {
  override readonly name = "SchemaMismatchError";
}

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

/** Any number that nobody else uses on this database: "roll" in ASCII. */
const advisoryLock = 0x72_6f_6c_6c;

/**
 * Brings the schema up to this program's: each step in a transaction of its own, one node at a time (an advisory lock of the
 * transaction, so it also holds behind a pooler), recorded with its digest in `upgrade.migration`.
 *
 * Throws SchemaMismatchError for a database of a newer Rollcall and for a step that was changed after it was applied.
 * @returns the names of the steps that were applied now
 */
export async function migrate(pool: pg.Pool, folder: string = migrationsFolder): Promise<string[]> {
  const files = await readMigrationFiles(folder);
  const applied: string[] = [];
  for (;;) {
    const name = await inTransaction(pool, (client) => applyNext(client, files));
    if (name === undefined) return applied;
    applied.push(name);
  }
}

/** Throws SchemaMismatchError unless the database has exactly this program's schema. For nodes that do not migrate. */
export async function assertMigrated(pool: pg.Pool, folder: string = migrationsFolder): Promise<void> {
  const files = await readMigrationFiles(folder);
  const next = await inTransaction(pool, (client) => findNext(client, files));
  if (next !== undefined) throw new SchemaMismatchError(`The database lacks ${next.name}. Start "rollcall serve" once to bring it up to date.`);
}

/** Waits for a migration that is under way, and keeps others from beginning until the transaction ends. */
export async function holdMigrations(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [advisoryLock]);
}

async function applyNext(client: pg.PoolClient, files: readonly MigrationFile[]): Promise<string | undefined> {
  const next = await findNext(client, files);
  if (next === undefined) return undefined;
  try {
    await client.query(next.sql);
  } catch (error) {
    const full = asDiskFull(error, "the database server's");
    if (full !== error) throw full;
    throw new Error(`${next.name} failed and was rolled back: ${error instanceof Error ? error.message : "?"}`, { cause: error });
  }
  await client.query("INSERT INTO upgrade.migration (number, name, sha256) VALUES ($1, $2, $3)", [next.number, next.name, next.sha256]);
  return next.name;
}

async function findNext(client: pg.PoolClient, files: readonly MigrationFile[]): Promise<MigrationFile | undefined> {
  await holdMigrations(client);
  const { rows: found } = await client.query<{ made: boolean }>("SELECT to_regclass('upgrade.migration') IS NOT NULL AS made");
  if (found[0]?.made !== true) {
    await client.query(`
      CREATE SCHEMA IF NOT EXISTS upgrade;
      CREATE TABLE upgrade.migration (
        number integer PRIMARY KEY,
        name text NOT NULL,
        sha256 text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`);
  }
  const { rows } = await client.query<AppliedMigration>("SELECT number, name, sha256 FROM upgrade.migration ORDER BY number");
  for (const [index, applied] of rows.entries()) assertSame(applied, files[index]);
  return files[rows.length];
}

function assertSame(applied: AppliedMigration, file: MigrationFile | undefined): void {
  if (file === undefined) {
    throw new SchemaMismatchError(
      `This database is of a newer Rollcall (it has ${applied.name}, which this version does not know). Start that version or a later one.`,
    );
  }
  if (applied.number === file.number && applied.sha256 === file.sha256) return;
  throw new SchemaMismatchError(
    `${file.name} is not what was applied to this database as ${applied.name}: a migration must never be changed once it has landed. Restore the file, and put the change into a new one.`,
  );
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    // Big tables take their time; the pool's own limit is for requests.
    await client.query("SET LOCAL statement_timeout = 0");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
