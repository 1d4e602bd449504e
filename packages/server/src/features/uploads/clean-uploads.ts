import { sql } from 'kysely';
import type { Dependencies } from '../../app/dependencies.ts';

/**
 * Drops files whose time is over, and the bytes of those that are in the inventory by now. An open taking keeps its file. Returns how many uploads
 * were dropped.
 */
export async function cleanUploads(deps: Dependencies): Promise<number> {
  const inUse = sql`exists (select 1 from sync y where y.upload_id = u.id and y.state in ('queued', 'running', 'finalising', 'held'))`;
  await sql`
    delete from upload_chunk c using upload u where u.id = c.upload_id and u.state = 'taken' and not ${inUse}
      and exists (select 1 from sync y where y.upload_id = u.id and y.state = 'done')`.execute(deps.db);
  const dropped = await sql`delete from upload u where u.expires_at < ${deps.now()} and not ${inUse}`.execute(deps.db);
  return Number(dropped.numAffectedRows ?? 0n);
}
