import { atCommit } from '../../app/commit-points.ts';
import { queueSync } from './request-sync.ts';
import { sql } from 'kysely';
import { transaction } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { SyncRequestDependencies } from './request-sync.ts';
import type { Transaction } from 'kysely';

const atOnce = 20;
const longestBackOffMinutes = 1_440;

interface Due {
  readonly id: string;
  readonly workspace_id: number;
  readonly every: number;
  /** Syncs that failed since the last one that did not. */
  readonly failures: number;
}

/**
 * Queues the sources whose time has come, of workspaces that are not paused. What is open or held waits for its end; what failed is tried less
 * often each time, at least once a day (or as often as was asked for). Returns how many were queued.
 */
export async function enqueueDueSyncs(deps: SyncRequestDependencies): Promise<number> {
  return atCommit(deps, 'sync.due', () => transaction(deps.pool, async (trx) => {
    const now = deps.now();
    await mendSetBack(trx, now);
    const { rows } = await sql<Due>`
      select s.id, s.workspace_id, s.sync_every_minutes as every, (
        select count(*) from sync y where y.source_id = s.id and y.state = 'failed'
          and y.queued_at > coalesce((select max(g.queued_at) from sync g where g.source_id = s.id and g.state = 'done'), '-infinity'))::integer as failures
      from source s join workspace w on w.id = s.workspace_id
      where s.removed_at is null and s.kind = 'atlassian-org' and s.sync_every_minutes is not null and s.next_sync_at <= ${now} and w.paused_at is null
        and not exists (select 1 from sync o where o.source_id = s.id and o.state in ('queued', 'running', 'finalising', 'held'))
      order by s.next_sync_at limit ${atOnce} for update of s skip locked`.execute(trx);
    for (const due of rows) {
      await queueSync(deps, trx, { workspaceId: due.workspace_id, actor: { id: 'system', name: 'Schedule', kind: 'system' } }, { sourceId: due.id, uploadId: null });
      await trx.updateTable('source').set({ next_sync_at: new Date(now.getTime() + minutesToNext(due) * 60_000) }).where('id', '=', due.id).execute();
    }
    return rows.length;
  }));
}

/** A sync that is due later than its interval (the longest back-off, after a failure) says was put off before the clock was set back: it is due an interval from now. */
async function mendSetBack(trx: Transaction<Database>, now: Date): Promise<void> {
  await sql`
    update source s set next_sync_at = ${now}::timestamptz + make_interval(mins => s.sync_every_minutes)
    where s.removed_at is null and s.sync_every_minutes is not null and s.next_sync_at > ${now}::timestamptz + make_interval(mins => 1 + case
      when (select y.state from sync y where y.source_id = s.id and y.state in ('done', 'failed') order by y.id desc limit 1) = 'failed'
      then greatest(s.sync_every_minutes, ${longestBackOffMinutes}::integer) else s.sync_every_minutes end)`.execute(trx);
}

function minutesToNext({ every, failures }: Due): number {
  return Math.max(every, Math.min(every * 2 ** Math.min(failures, 10), longestBackOffMinutes));
}
