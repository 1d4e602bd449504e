import { sql } from "kysely";
import type { Kysely, Transaction } from "kysely";
import type { Database } from "./schema.ts";

/** Tables that a first sync or import fills with many rows. */
const bulkTables = ["account", "access", "group_member"] as const;
type BulkTable = (typeof bulkTables)[number];

const lockNotAvailable = "55P03";

/**
 * Drops the search and list indexes of an inventory in which no account stands, so that they are built once over all rows instead of growing row by row: a
 * third of the work. Their definitions are kept in `index_set_aside` until {@link buildIndexes}. Does nothing when an account stands or somebody writes one
 * at this moment. Nobody misses an index of an empty table.
 */
export async function setAsideIndexes(db: Kysely<Database>): Promise<void> {
  if (await hasAccounts(db)) return;
  try {
    await db.transaction().execute(async (trx) => {
      await holdIndexes(trx);
      await sql`lock table ${sql.join(bulkTables.map((name) => sql.table(name)))} in access exclusive mode nowait`.execute(trx);
      if (await hasAccounts(trx)) return;
      const { rows } = await sql<{ name: string }>`
        insert into index_set_aside (name, on_table, definition)
        select i.indexrelid::regclass::text, t.relname, pg_get_indexdef(i.indexrelid)
        from pg_index i join pg_class t on t.oid = i.indrelid
        where t.oid = any(${sql`array[${sql.join(bulkTables)}]::text[]::regclass[]`}) and not i.indisunique
        on conflict (name) do nothing returning name`.execute(trx);
      for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(trx);
    });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === lockNotAvailable)) throw error;
  }
}

/**
 * To be called before the first row is written in a transaction that will call {@link buildIndexes}: two that fill the inventory at the same time would
 * otherwise wait for each other.
 */
export async function holdIndexes(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('index_set_aside'))`.execute(trx);
}

/** Builds what was set aside, of some tables or of all. Where nothing is, this is one small reading. */
export async function buildIndexes(trx: Transaction<Database>, tables: readonly BulkTable[] = bulkTables): Promise<void> {
  const kept = await trx.selectFrom("index_set_aside").selectAll().where("on_table", "in", tables).orderBy("name").execute();
  if (kept.length === 0) return;
  await sql`select set_config('maintenance_work_mem', '256MB', true)`.execute(trx);
  for (const { definition } of kept) await sql`${sql.raw(definition.replace(/^CREATE INDEX /u, "CREATE INDEX IF NOT EXISTS "))}`.execute(trx);
  await trx.deleteFrom("index_set_aside").where("name", "in", kept.map(({ name }) => name)).execute();
}

/** At the start of a node: builds what was set aside by a sync that was killed. Left to the node that is filling the inventory now, when one is. */
export async function buildLeftIndexes(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(hashtext('index_set_aside')) as free`.execute(trx);
    if (rows[0]?.free === true) await buildIndexes(trx);
  });
}

async function hasAccounts(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom("account").select("id").limit(1).executeTakeFirst()) !== undefined;
}
