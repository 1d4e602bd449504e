import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Database } from '../../../db/index.ts';

/**
 * Tells the planner how large tables have become in this transaction. Without it a table that was empty before still counts as empty, and a join over
 * a hundred thousand new rows is done row by row: minutes instead of a second. Tables that have not grown by a fifth are left alone.
 */
export async function freshStatistics(trx: Transaction<Database>, tables: readonly ('account' | 'access' | 'account_group' | 'group_member' | 'group_grant')[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await sql<{ grown: boolean }>`
      select pg_relation_size(c.oid) / 8192 > c.relpages * 1.2 + 20 or (c.reltuples <= 0 and pg_relation_size(c.oid) > 0) as grown
      from pg_class c where c.oid = ${table}::regclass`.execute(trx);
    if (rows[0]?.grown === true) await sql`analyze ${sql.table(table)}`.execute(trx);
  }
}

/**
 * The same for what was only just made or staged and is joined once or twice: how many rows there are, and roughly how many different values. A tenth of the usual sample is enough
 * for that; the whole one, with every column's values sorted, takes as long as some of the joins.
 */
export async function roughStatistics(trx: Transaction<Database>, tables: readonly string[]): Promise<void> {
  await sql`set local default_statistics_target to 10`.execute(trx);
  for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(trx);
  await sql`set local default_statistics_target to default`.execute(trx);
}
