import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { createDatabase, createPool, migrate, startEmbedded } from '../../packages/server/src/db/index.ts';
import type { Database } from '../../packages/server/src/db/index.ts';

export interface BenchDatabase extends AsyncDisposable {
  readonly pool: pg.Pool;
  readonly db: Kysely<Database>;
  readonly connectionString: string;
  /** The folder of this measurement, readable by the database's user; removed at the end. */
  readonly folder: string;
  /** Process of the server, whose children do the work. */
  readonly serverPid: number;
}

/** A migrated, empty embedded database with its default settings (fsync on) in a folder of its own. */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  const server = await startEmbedded({ dataFolder: folder });
  const { connectionString } = server;
  const pool = createPool({ connectionString, applicationName: 'rollcall bench', max: 4, onError: () => undefined });
  await migrate(pool);
  return {
    pool,
    db: createDatabase(pool),
    connectionString,
    folder,
    serverPid: server.pid,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
