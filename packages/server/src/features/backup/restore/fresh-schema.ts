import pg from 'pg';
import type { MigrationFile } from '../../../db/index.ts';
import { readTables } from '../catalogue.ts';
import { BackupFileError } from '../backup-file-error.ts';
import type { BackupHeader } from '../format.ts';

/** Where a restore builds, in its transaction; nobody else ever sees it. */
export const freshSchema = 'rollcall_restore';

/** Makes an empty schema of the backup's own version, first on the search path. What was there before stays behind it, untouched. */
export async function makeFreshSchema(client: pg.ClientBase, migrations: readonly MigrationFile[]): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS ${freshSchema} CASCADE`);
  await client.query(`CREATE SCHEMA ${freshSchema}`);
  await client.query(`SELECT set_config('search_path', '${freshSchema}, ' || current_setting('search_path'), true)`);
  await applyTo(client, migrations);
}

/** Further steps, in the same transaction. */
export async function applyTo(client: pg.ClientBase, migrations: readonly MigrationFile[]): Promise<void> {
  for (const { sql } of migrations) await client.query(sql);
}

/** Throws BackupFileError unless every table and column of the file is one of the schema, and the file lacks none silently. */
export async function assertFits(client: pg.ClientBase, header: BackupHeader): Promise<void> {
  const made = new Map((await readTables(client, freshSchema)).map((table) => [table.name, table]));
  const missing = header.tables.filter(({ name, columns }) => {
    const table = made.get(name);
    return table === undefined || columns.some((column) => !table.columns.includes(column));
  });
  const named = new Set([...header.tables.map(({ name }) => name), ...header.leftOut]);
  const lacking = [...made.values()].filter(({ name, kept }) => kept && !named.has(name));
  const wrong = [...missing, ...lacking].map(({ name }) => name);
  if (wrong.length > 0) throw new BackupFileError(`The file's tables are not those of its schema version (${wrong.slice(0, 3).join(', ')}). Restore it with the Rollcall that made it.`);
}

/**
 * Takes foreign keys, indexes and triggers away while rows are loaded: the order of tables does not matter then, and an index is made faster from a full table.
 * @returns what puts them back, which checks every reference
 */
export async function setAside(client: pg.ClientBase): Promise<() => Promise<void>> {
  const keys = await client.query<{ name: string; table: string; definition: string }>(
    `SELECT conname AS name, conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE contype = 'f' AND connamespace = $1::regnamespace ORDER BY 2, 1`,
    [freshSchema],
  );
  const indexes = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE c.relnamespace = $1::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY 1`,
    [freshSchema],
  );
  const triggers = await client.query<{ table: string }>(
    'SELECT DISTINCT t.tgrelid::regclass::text AS "table" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relnamespace = $1::regnamespace',
    [freshSchema],
  );
  // Names from regclass are quoted where they need it.
  for (const { table } of triggers.rows) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const { table, name } of keys.rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${pg.escapeIdentifier(name)}`);
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
  return async () => {
    for (const { definition } of indexes.rows) await client.query(definition);
    for (const { table, name, definition } of keys.rows) await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`);
    for (const { table } of triggers.rows) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  };
}
