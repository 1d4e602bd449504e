import type pg from 'pg';
import { readTables } from '../catalogue.ts';
import { currentSchema } from '../snapshot.ts';

/** What stands in the database that is to be restored into. */
export interface RestoreTarget {
  /** The first workspace's name: typed back before it is replaced. Null when nothing is lost. */
  readonly name: string | null;
  readonly people: number;
  readonly sources: number;
  readonly events: number;
}

/** The database cannot be restored into; the message says why and what to do. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

/** Looks without changing anything, at a schema of any version. Throws RestoreRefused for a database that is somebody else's. */
export async function inspectTarget(pool: pg.Pool): Promise<RestoreTarget> {
  const client = await pool.connect();
  try {
    const { rows: found } = await client.query<{ made: boolean }>("SELECT to_regclass('upgrade.migration') IS NOT NULL AS made");
    const tables = await readTables(client, await currentSchema(client));
    if (found[0]?.made !== true || !tables.some(({ name }) => name === 'audit_head')) {
      if (tables.length === 0) return { name: null, people: 0, sources: 0, events: 0 };
      throw new RestoreRefused(`This database holds tables that are not Rollcall's (${tables.slice(0, 3).map(({ name }) => name).join(', ')}). Give Rollcall a database of its own in DATABASE_URL.`);
    }
    // An older version, or a first start that was killed, has not all of the tables yet.
    const told = (table: string, what: string): string => (tables.some(({ name }) => name === table) ? `(SELECT ${what} FROM ${table})` : '0');
    const { rows } = await client.query<RestoreTarget>(
      `SELECT (SELECT name FROM workspace ORDER BY id LIMIT 1) AS name, ${told('person', 'count(*)::int')} AS people,
              ${told('source', 'count(*)::int')} AS sources, ${told('audit_head', 'coalesce(sum(seq), 0)::int')} AS events`,
    );
    const target = rows[0];
    if (target === undefined || target.people + target.sources + target.events === 0) return { name: null, people: 0, sources: 0, events: 0 };
    return target;
  } finally {
    client.release();
  }
}

/** Connections of nodes by their names (app/open-database.ts, jobs). Throws RestoreRefused when there are any. */
export async function assertNoNodes(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ nodes: number }>(
    "SELECT count(*)::int AS nodes FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('rollcall work', 'rollcall api', 'rollcall jobs') AND pid <> pg_backend_pid()",
  );
  const nodes = rows[0]?.nodes ?? 0;
  if (nodes > 0) throw new RestoreRefused(`Rollcall is running on this database (${nodes} connections). Stop every node first, then restore.`);
}
