import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import { buildLeftIndexes, checkServer, createDatabase, createPool, migrate, startEmbedded } from '../db/index.ts';
import type { Database } from '../db/index.ts';
import type { Config } from './config.ts';
import type { Log } from './dependencies.ts';

export interface OpenDatabase {
  readonly connectionString: string;
  /** For background work: no limit on a statement. */
  readonly pool: Pool;
  readonly db: Kysely<Database>;
  /** True: the one that Rollcall runs itself. */
  readonly embedded: boolean;
  /** False: behind a pooler in transaction mode. */
  readonly direct: boolean;
  /** Settles when the embedded server ends without being asked; never for a server of somebody else's. */
  readonly ended: Promise<Error>;
  /** Ends the pool, and the embedded server. */
  close(): Promise<void>;
}

/** Opens the database of the settings, the embedded one or DATABASE_URL, checked and brought up to this program's schema. */
export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataFolder'>, log: Log): Promise<OpenDatabase> {
  await using cleanUp = new AsyncDisposableStack();
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ dataFolder: config.dataFolder }) : null;
  if (embedded !== null) cleanUp.defer(() => embedded.stop());
  const connectionString = embedded?.connectionString ?? config.databaseUrl ?? '';
  const pool = createPool({ connectionString, applicationName: 'rollcall work', max: 15, onError: (error) => { log.warn({ error }, 'A database connection broke'); } });
  cleanUp.defer(() => pool.end());
  const report = await checkServer(pool);
  for (const warning of report.warnings) log.warn({}, warning);
  const applied = await migrate(pool);
  log.info({ postgres: report.majorVersion, embedded: embedded !== null, adopted: embedded?.adopted ?? false, migrations: applied }, 'Database ready');
  const db = createDatabase(pool, { keepsPlans: report.direct });
  await buildLeftIndexes(db);
  const open = cleanUp.move();
  return { connectionString, pool, db, embedded: embedded !== null, direct: report.direct, ended: embedded?.ended ?? Promise.withResolvers<Error>().promise, close: () => open.disposeAsync() };
}
