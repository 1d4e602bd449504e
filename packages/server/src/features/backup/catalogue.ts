import type pg from 'pg';
import { leftOut } from './left-out.ts';

export interface StoredTable {
  readonly name: string;
  /** What COPY reads and writes: all but generated columns, in their order. */
  readonly columns: readonly string[];
  readonly kept: boolean;
  /** The planner's guess. */
  readonly rows: number;
}

/** The tables of a schema by name, in the order of their names. Rows of unlogged tables and of those named in `leftOut` are not kept. */
export async function readTables(client: pg.ClientBase, schema: string): Promise<StoredTable[]> {
  const { rows } = await client.query<{ name: string; unlogged: boolean; rows: number; columns: string[] }>(
    `SELECT c.relname AS name, c.relpersistence = 'u' AS unlogged, greatest(c.reltuples, 0)::float8 AS rows,
            array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY c.relname COLLATE "C"`,
    [schema],
  );
  return rows.map((row) => ({ name: row.name, columns: row.columns, kept: !row.unlogged && leftOut[row.name] === undefined, rows: row.rows }));
}

/** The last number that each identity column of a schema gave out. They are read past any snapshot, so that no number is given twice. */
export async function readSequences(client: pg.ClientBase, schema: string): Promise<{ table: string; column: string; last: number }[]> {
  const { rows } = await client.query<{ table: string; column: string; last: number }>(
    `SELECT c.relname AS "table", a.attname AS "column", coalesce(pg_sequence_last_value(s.objid), 0) AS last
     FROM pg_depend s JOIN pg_class q ON q.oid = s.objid AND q.relkind = 'S'
     JOIN pg_class c ON c.oid = s.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = s.refobjsubid
     WHERE s.classid = 'pg_class'::regclass AND s.refclassid = 'pg_class'::regclass AND s.deptype IN ('a', 'i') AND n.nspname = $1
     ORDER BY 1, 2`,
    [schema],
  );
  return rows;
}
