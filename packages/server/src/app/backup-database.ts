import { existsSync } from 'node:fs';
import path from 'node:path';
import { createPool, startEmbedded } from '../db/index.ts';
import { beginBackup } from '../features/backup/index.ts';
import type { BackupUnderWay } from '../features/backup/index.ts';
import type { Config } from './config.ts';
import type { Log } from './dependencies.ts';

export interface OpenBackup extends BackupUnderWay {
  /** Gives the connections back, and stops a database that was started for it. */
  close(): Promise<void>;
}

/**
 * Begins a backup without a server: of DATABASE_URL, or of the embedded database, started for it. The schema is taken as it is, so that a new version can
 * back up what an older one left before it is migrated. Throws when there is no database to back up.
 */
export async function backupDatabase(config: Pick<Config, 'databaseUrl' | 'dataFolder'>, log: Log): Promise<OpenBackup> {
  await using cleanUp = new AsyncDisposableStack();
  if (config.databaseUrl === undefined && !existsSync(path.join(config.dataFolder, 'postgres'))) {
    throw new Error(`There is nothing to back up: ${config.dataFolder} holds no database. Name its folder with ROLLCALL_DATA, its server with DATABASE_URL, or a running Rollcall with --server.`);
  }
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ dataFolder: config.dataFolder }) : null;
  if (embedded !== null) cleanUp.defer(() => embedded.stop());
  const connectionString = embedded?.connectionString ?? config.databaseUrl ?? '';
  const pool = createPool({ connectionString, applicationName: 'rollcall backup', max: 3, onError: (error) => { log.warn({ error }, 'A database connection broke'); } });
  cleanUp.defer(() => pool.end());
  const { rows } = await pool.query<{ made: boolean }>("SELECT to_regclass('upgrade.migration') IS NOT NULL AND to_regclass('audit_head') IS NOT NULL AS made");
  if (rows[0]?.made !== true) throw new Error('There is nothing to back up: the database holds no Rollcall yet.');
  const begun = await beginBackup({ pool, now: () => new Date() }, { id: 'local', name: 'Rollcall CLI', kind: 'local' });
  const open = cleanUp.move();
  return { ...begun, close: () => open.disposeAsync() };
}
