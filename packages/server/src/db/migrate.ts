import { setTimeout as wait } from "node:timers/promises";
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

/** SQLSTATE lock_not_available. */
const lockNotAvailable = "55P03";

/** Any number that nobody else uses on this database: "roll" in ASCII. */
const advisoryLock = 0x72_6f_6c_6c;

/**
 * Brings the schema up to this program's: each step in a transaction of its own, one node at a time (an advisory lock of the
 * transaction, so it also holds behind a pooler), recorded with its digest in `upgrade.migration`.
 *
 * Nodes of the version before may go on meanwhile: a step that waits for a table keeps everybody else waiting behind it, so it gives up after a moment, lets
 * them pass, and tries again.
 *
 * Throws SchemaMismatchError for a database of a newer Rollcall and for a step that was changed after it was applied, and an Error that says what to do when a
 * table stays held.
 * @returns the names of the steps that were applied now
 */
export async function migrate(pool: pg.Pool, folder: string = migrationsFolder, patience: Patience = usualPatience): Promise<string[]> {
  const files = await readMigrationFiles(folder);
  const applied: string[] = [];
  let refused = 0;
  for (;;) {
    try {
      const name = await inTransaction(pool, (client) => applyNext(client, files, patience));
      if (name === undefined) return applied;
      applied.push(name);
    } catch (error) {
      refused += 1;
      if (!(error instanceof TableHeldError) || refused >= patience.tries) throw error;
      await wait(patience.pauseMs);
    }
  }
}

/** How long a step waits for a table, what lies between two tries, and how many there are. */
export interface Patience {
  readonly lockMs: number;
  readonly pauseMs: number;
  readonly tries: number;
}

/** About five minutes. */
const usualPatience: Patience = { lockMs: 10_000, pauseMs: 2_000, tries: 25 };

/** Somebody holds a table that a step has to alter. */
class TableHeldError extends Error {
  override readonly name = "TableHeldError";
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

async function applyNext(client: pg.PoolClient, files: readonly MigrationFile[], patience: Patience): Promise<string | undefined> {
  const next = await findNext(client, files);
  if (next === undefined) return undefined;
  try {
    // Only now: for other nodes' migrations one waits as long as they take.
    await client.query("SELECT set_config('lock_timeout', $1, true)", [`${patience.lockMs}ms`]);
    await client.query(next.sql);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === lockNotAvailable) {
      throw new TableHeldError(`${next.name} needs a table that somebody holds: a backup, a long report, or work of another node. Nothing was changed. Wait for its end or end it, then start again.`, { cause: error });
    }
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
