import pg from 'pg';
import { startEmbedded } from '../../../packages/server/src/db/index.ts';

/** Of each table: its number of rows, and a digest over all of them in an order of their own. */
export type Contents = ReadonlyMap<string, { readonly rows: number; readonly digest: string }>;

/**
 * What the database of a data folder holds, told by PostgreSQL itself. Waits for what a killed restore left in the server to give its locks back; recovers a server that was
 * killed; stops it again.
 */
export async function readContents(dataFolder: string): Promise<Contents> {
  const server = await startEmbedded({ dataFolder });
  try {
    const client = new pg.Client(server.poolConfig);
    await client.connect();
    try {
      return await contentsOf(client);
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}

async function contentsOf(client: pg.Client): Promise<Contents> {
  // Whatever a restore would leave behind is seen as well: its own schema, and the queue that it has made anew.
  const { rows: tables } = await client.query<{ schema: string; name: string }>("SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pgboss') ORDER BY 1, 2");
  const found = new Map<string, { rows: number; digest: string }>();
  for (const { schema, name } of tables) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    const { rows } = await client.query<{ rows: number; digest: string }>(`SELECT count(*)::int AS rows, coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")), '') AS digest FROM ${table} t`);
    found.set(`${schema}.${name}`, rows[0] ?? { rows: 0, digest: '' });
  }
  return found;
}

/** Where two states differ; the tables in `byNumber` are compared by their number of rows only. Empty: nowhere. */
export function differences(is: Contents, wanted: Contents, byNumber: ReadonlySet<string> = new Set()): readonly string[] {
  const names = [...new Set([...is.keys(), ...wanted.keys()])];
  return names.filter((name) => {
    const [one, other] = [is.get(name), wanted.get(name)];
    return one === undefined || other === undefined || one.rows !== other.rows || (one.digest !== other.digest && !byNumber.has(name));
  });
}
