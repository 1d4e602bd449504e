import pg from 'pg';
import { RequestProblem } from '../../app/problem.ts';
import { readTables } from './catalogue.ts';
import type { StoredTable } from './catalogue.ts';
import type { BackupHeader } from './format.ts';

/** The whole database as it was at one moment, whatever is written meanwhile. */
export interface BackupSnapshot {
  readonly client: pg.PoolClient;
  readonly schema: string;
  readonly tables: readonly StoredTable[];
  readonly facts: Pick<BackupHeader, 'postgres' | 'migrations' | 'workspaces' | 'keyIds'>;
  /** Gives the connection back. `whole`: everything was read, and the next backup may begin as soon as this resolves; else the connection is closed, which ends what is still under way. */
  end(whole: boolean): Promise<void>;
}

/** Any number that nobody else uses on this database: "back" in ASCII. */
const backupLock = 0x62_61_63_6b;

/**
 * Opens a snapshot for one backup at a time. The tables are locked against being altered or emptied (not against writing) before the snapshot is taken: PostgreSQL
 * shows a table that was rewritten since as empty. Throws `alreadyRunning`, and `overloaded` where an upgrade is under way.
 */
export async function openBackupSnapshot(pool: pg.Pool): Promise<BackupSnapshot> {
  const client = await pool.connect();
  try {
    const schema = await currentSchema(client);
    const expected = await readTables(client, schema);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL synchronize_seqscans = off; SET LOCAL lock_timeout = '20s'; SET LOCAL bytea_output = 'hex'");
    if (expected.length > 0) await client.query(`LOCK TABLE ${expected.map(({ name }) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`).join(', ')} IN ACCESS SHARE MODE`);
    await assertAlone(client);
    const tables = await readTables(client, schema);
    const facts = await readFacts(client);
    if (facts === null || JSON.stringify(tables.map(({ name, columns }) => [name, columns])) !== JSON.stringify(expected.map(({ name, columns }) => [name, columns]))) {
      throw new RequestProblem({ code: 'overloaded', title: 'An upgrade is under way', detail: 'The database is just being brought up to another version. Try again in a moment.' });
    }
    return { client, schema, tables, facts, end: endOf(client) };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
    throw lockTimedOut(error) ? new RequestProblem({ code: 'overloaded', title: 'Busy', detail: 'A table is locked, by an upgrade or a restore. Try again when it is over.' }, { cause: error }) : error;
  }
}

function endOf(client: pg.PoolClient): BackupSnapshot['end'] {
  let ended = false;
  return async (whole) => {
    if (ended) return;
    ended = true;
    // A query queues behind a COPY that nobody reads any more: the connection is closed instead, when there is one.
    const committed = whole && await client.query('COMMIT').then(() => true, () => false);
    client.release(committed ? undefined : new Error('The snapshot is over.'));
  };
}

async function assertAlone(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS alone', [backupLock]);
  if (rows[0]?.alone === true) return;
  throw new RequestProblem({ code: 'alreadyRunning', title: 'A backup is under way', detail: 'Another backup of this database is being made. Wait for it.' });
}

export async function currentSchema(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ schema: string | null }>('SELECT current_schema() AS schema');
  const schema = rows[0]?.schema;
  if (schema == null) throw new Error("The database's search_path names no schema that exists. Correct it for Rollcall's role.");
  return schema;
}

/** Null where there is no schema of ours. */
async function readFacts(client: pg.ClientBase): Promise<BackupSnapshot['facts'] | null> {
  const { rows: found } = await client.query<{ made: boolean }>("SELECT to_regclass('upgrade.migration') IS NOT NULL AS made");
  if (found[0]?.made !== true) return null;
  const { rows: migrations } = await client.query<{ number: number; name: string; sha256: string }>('SELECT number, name, sha256 FROM upgrade.migration ORDER BY number');
  if (migrations.length === 0) return null;
  const { rows: versions } = await client.query<{ postgres: number }>("SELECT current_setting('server_version_num')::int / 10000 AS postgres");
  const { rows: workspaces } = await client.query<{ key: string; name: string }>('SELECT key, name FROM workspace ORDER BY id');
  const { rows: keys } = await client.query<{ id: string }>('SELECT DISTINCT key_id AS id FROM source_secret ORDER BY 1');
  return { postgres: versions[0]?.postgres ?? 0, migrations, workspaces, keyIds: keys.map(({ id }) => id) };
}

function lockTimedOut(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}
