import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import { copyOut, copyTextIn } from '../../packages/server/src/db/index.ts';
import type { Database } from '../../packages/server/src/db/index.ts';
import type { BenchDatabase } from './bench-database.ts';

/** Rows of a table in a file, as COPY writes them. */
export const dumpedTable = z.object({ table: z.string(), columns: z.array(z.string()), file: z.string() });
export type DumpedTable = z.infer<typeof dumpedTable>;

/** Writes what a query gives to a file that {@link loadTables} copies into `table`. */
export async function dumpQuery({ pool, folder }: Pick<BenchDatabase, 'pool' | 'folder'>, query: string, table: string, columns: string[]): Promise<DumpedTable> {
  const file = join(folder, `${table}.copy`);
  const client = await pool.connect();
  try {
    await pipeline(Readable.from(copyOut(client, query)), createWriteStream(file));
  } finally {
    client.release();
  }
  return { table, columns, file };
}

/** Writes every row of the tables to files, in the order in which they are named. */
export async function dumpTables(database: BenchDatabase, names: readonly string[]): Promise<readonly DumpedTable[]> {
  const tables: DumpedTable[] = [];
  for (const table of names) {
    const columns = await columnsOf(database.db, table);
    tables.push(await dumpQuery(database, `select ${columns.join(', ')} from ${table}`, table, columns));
  }
  return tables;
}

/** Copies the files into their tables, one after the other. */
export async function loadTables(client: pg.ClientBase, tables: readonly DumpedTable[]): Promise<void> {
  for (const { table, columns, file } of tables) await copyTextIn(client, { table, columns }, createReadStream(file));
}

export async function columnsOf(db: Kysely<Database>, table: string): Promise<string[]> {
  const { rows } = await sql<{ column_name: string }>`select column_name from information_schema.columns where table_schema = 'public' and table_name = ${table} order by ordinal_position`.execute(db);
  return rows.map((row) => row.column_name);
}
