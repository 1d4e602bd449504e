import { sql } from 'kysely';
import { syncQueue } from './sync-queue.ts';
import type { Database } from '../../db/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import type { Kysely } from 'kysely';

/** Open syncs without a job get one: the rows are the truth, so that a lost queue loses nothing. A job too many finds nothing to do. */
export async function wakeSyncs(jobs: Pick<Jobs, 'enqueue'>, db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ id: string; source_id: string }>`
    select y.id, y.source_id from sync y
    where y.state in ('queued', 'running', 'finalising') and not exists (
      select 1 from pgboss.job j where j.name = ${syncQueue.name} and j.state in ('created', 'retry', 'active') and j.data ->> 'syncId' = y.id::text)`.execute(db);
  for (const { id, source_id: key } of rows) await jobs.enqueue(db, syncQueue, { syncId: id }, { key });
  return rows.length;
}
