import { sql } from 'kysely';
import { previewQueue } from './upload-queues.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Jobs } from '../../jobs/index.ts';

/** Files that wait for their preview without a job get one: the rows are the truth, so that a lost queue, or a node that died too often, loses nothing. */
export async function wakePreviews(deps: Dependencies & { readonly jobs: Pick<Jobs, 'enqueue'> }): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select u.id from upload u
    where u.state in ('received', 'reading') and u.expires_at > ${deps.now()} and not exists (
      select 1 from pgboss.job j where j.name = ${previewQueue.name} and j.state in ('created', 'retry', 'active') and j.data ->> 'uploadId' = u.id::text)`.execute(deps.db);
  for (const { id } of rows) await deps.jobs.enqueue(deps.db, previewQueue, { uploadId: id }, { key: id });
  return rows.length;
}
