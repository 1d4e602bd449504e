import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from "kysely";
import pg from "pg";
import { keepPlans } from "./kept-plans.ts";
import type { Database } from "./schema.ts";
import { typeParsers } from "./type-parsers.ts";

export interface PoolOptions {
  /** postgresql://… of a server, or of the embedded one. */
  readonly connectionString: string;
  /** Shown in pg_stat_activity, e.g. "rollcall api". */
  readonly applicationName: string;
  /** Connections at most (default 10). */
  readonly max?: number;
  /** The server ends a statement that takes longer; for pools that serve requests. Default: no limit. */
  readonly statementTimeoutMs?: number;
  /** The server ends a transaction that waits for us longer, with its locks (default 10 minutes). */
  readonly idleInTransactionTimeoutMs?: number;
  /** Milliseconds that somebody waits for a connection at most, then an error (default 30 s). */
  readonly waitMs?: number;
  /** Told when an idle connection breaks (the server stopped or restarted). The pool goes on and connects anew. */
  readonly onError: (error: Error) => void;
}

/** A connection that served so often makes room for a new one, with its caches and prepared statements. */
const mostUses = 50_000;

/**
 * A pool with our type parsers and UTC sessions. Without an error listener, a server that stops would end the process: so there
 * is always one, also on each connection while it is in use, where the running query reports the same failure.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    max: options.max ?? 10,
    statement_timeout: options.statementTimeoutMs,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 600_000,
    maxUses: mostUses,
    connectionTimeoutMillis: options.waitMs ?? 30_000,
    types: typeParsers,
    options: "-c TimeZone=UTC -c DateStyle=ISO",
  });
  pool.on("error", options.onError);
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
  });
  return pool;
}

/**
 * The typed database on a pool. `destroy()` of it ends the pool. `keepsPlans`: marked statements stay prepared on each connection (see kept-plans.ts); for direct
 * connections only.
 */
export function createDatabase(pool: pg.Pool, { keepsPlans = false }: { readonly keepsPlans?: boolean } = {}): Kysely<Database> {
  return onPool(keepsPlans ? keepPlans(pool) : pool);
}

/**
 * Runs `work` in one transaction that it can use in both ways: by Kysely, and by the bare connection under it for COPY.
 * Commits when `work` resolves, rolls back when it rejects.
 */
export async function transaction<T>(
  pool: pg.Pool,
  work: (trx: Transaction<Database>, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let failed: { readonly error: unknown } | undefined;
  try {
    const onClient = onPool({
      options: {},
      connect: () =>
        Promise.resolve({
          query: client.query.bind(client),
          release: () => undefined,
        }),
      end: () => Promise.resolve(),
    });
    return await onClient.transaction().execute(async (trx) => {
      try {
        return await work(trx, client);
      } catch (error) {
        failed = { error };
        throw error;
      }
    });
  } catch (error) {
    // When the connection is gone, so that the rollback fails as well, the first failure is the one that explains.
    throw failed === undefined ? error : failed.error;
  } finally {
    client.release();
  }
}

function onPool(pool: PostgresPool): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
