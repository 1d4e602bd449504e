import pg from 'pg';
import { readTables, readSequences } from '../catalogue.ts';
import type { BackupSummary } from '../check-backup.ts';
import { freshSchema } from './fresh-schema.ts';

/** Identity columns go on behind the last number that was ever given out, and behind the highest one that is there. */
export async function continueSequences(client: pg.ClientBase, summary: BackupSummary): Promise<void> {
  const known = new Set((await readTables(client, freshSchema)).map(({ name }) => name));
  for (const { table, column } of await readSequences(client, freshSchema)) {
    if (!known.has(table)) continue;
    const given = summary.sequences.find((one) => one.table === table && one.column === column)?.last ?? 0;
    const name = `${freshSchema}.${pg.escapeIdentifier(table)}`;
    const { rows } = await client.query<{ last: number }>(`SELECT greatest(coalesce(max(${pg.escapeIdentifier(column)}), 0), $1)::bigint AS last FROM ${name}`, [given]);
    const last = rows[0]?.last ?? 0;
    if (last > 0) await client.query('SELECT setval(pg_get_serial_sequence($1, $2), $3)', [name, column, last]);
  }
}
