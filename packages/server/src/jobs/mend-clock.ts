import type pg from "pg";

/** What lies in the future by more than this was written before the database's clock was set back. */
const aheadSeconds = 5;
/** A failed job waits for at most ten seconds (see defineQueue); one that waits much longer was put off by a clock that went ahead. */
const longestRetrySeconds = 60;

/**
 * After the database's clock was set back: jobs that were put off wait no longer than they were to, and pg-boss looks after dead nodes at once instead of when the clock
 * has caught up. A job that is woken too early finds in its rows that it has to wait, and is put off again. Returns how many jobs were woken.
 */
export async function mendAfterSetBack(pool: pg.Pool, schema = "pgboss"): Promise<number> {
  const ahead = "now() + make_interval(secs => $1)";
  const { rowCount } = await pool.query(
    `update ${schema}.job set start_after = now(), created_on = least(created_on, now())
     where start_after > now() and (state = 'created' and created_on > ${ahead} or state = 'retry' and start_after > now() + make_interval(secs => $2))`,
    [aheadSeconds, longestRetrySeconds],
  );
  await pool.query(`update ${schema}.job set heartbeat_on = now() where state = 'active' and heartbeat_on > ${ahead}`, [aheadSeconds]);
  await pool.query(
    `update ${schema}.queue set monitor_claim_on = least(monitor_claim_on, now()), monitor_on = least(monitor_on, now()), maintain_on = least(maintain_on, now())
     where greatest(monitor_claim_on, monitor_on, maintain_on) > ${ahead}`,
    [aheadSeconds],
  );
  await pool.query(
    `update ${schema}.version set cron_on = least(cron_on, now()), bam_on = least(bam_on, now()), flow_on = least(flow_on, now()), reindex_on = least(reindex_on, now())
     where greatest(cron_on, bam_on, flow_on, reindex_on) > ${ahead}`,
    [aheadSeconds],
  );
  return rowCount ?? 0;
}
