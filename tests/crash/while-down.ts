import pg from 'pg';
import { startEmbedded } from '../../packages/server/src/db/index.ts';

/** What happens to the database while no node runs. `queueLost`: all jobs are gone. `due`: the time of a source's next sync comes. */
export const misfortunes = ['queueLost', 'due'] as const;
export type Misfortune = (typeof misfortunes)[number];

export async function whileDown(dataFolder: string, misfortune: Misfortune, sourceId: string): Promise<void> {
  const server = await startEmbedded({ dataFolder });
  try {
    const client = new pg.Client(server.poolConfig);
    await client.connect();
    try {
      if (misfortune === 'queueLost') await client.query('DROP SCHEMA pgboss CASCADE');
      else await client.query('UPDATE source SET sync_every_minutes = 1440, next_sync_at = now() WHERE id = $1', [sourceId]);
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}
