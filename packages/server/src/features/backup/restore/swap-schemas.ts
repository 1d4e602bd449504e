import pg from 'pg';
import { readTables } from '../catalogue.ts';
import { freshSchema } from './fresh-schema.ts';
import { RestoreRefused } from './target.ts';

/** Puts the fresh schema's tables and functions into the place of the old ones, which are dropped, and has the queue made anew. Fails when anything else would be lost. */
export async function swapSchemas(client: pg.ClientBase, target: string): Promise<void> {
  const place = pg.escapeIdentifier(target);
  const tables = (await readTables(client, freshSchema)).map(({ name }) => pg.escapeIdentifier(name));
  const { rows: functions } = await client.query<{ name: string; given: string }>(
    'SELECT quote_ident(proname) AS name, pg_get_function_identity_arguments(oid) AS given FROM pg_proc WHERE pronamespace = $1::regnamespace',
    [freshSchema],
  );
  await dropOld(client, tables.map((name) => `${place}.${name}`), functions.map(({ name, given }) => `${place}.${name}(${given})`));
  for (const { name, given } of functions) await client.query(`ALTER FUNCTION ${freshSchema}.${name}(${given}) SET SCHEMA ${place}`);
  for (const name of tables) await client.query(`ALTER TABLE ${freshSchema}.${name} SET SCHEMA ${place}`);
  // Whatever a migration made besides tables and functions would stay behind: then this fails, and with it the restore.
  await client.query(`DROP SCHEMA ${freshSchema}`);
  await client.query('DROP SCHEMA IF EXISTS pgboss CASCADE');
}

async function dropOld(client: pg.ClientBase, tables: readonly string[], functions: readonly string[]): Promise<void> {
  await client.query("SET LOCAL lock_timeout = '20s'");
  try {
    await client.query(`DROP TABLE IF EXISTS ${tables.join(', ')}`);
    if (functions.length > 0) await client.query(`DROP FUNCTION IF EXISTS ${functions.join(', ')}`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === '55P03') throw new RestoreRefused('Somebody uses the database. Stop every node of Rollcall and every report that reads it, then restore.', { cause: error });
    if (code === '2BP01') throw new RestoreRefused(`Something of your own rests on Rollcall's tables and would be lost: ${detailOf(error)} Drop it, restore, and make it again.`, { cause: error });
    throw error;
  }
}

function detailOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.detail ?? error.message) : '';
}
