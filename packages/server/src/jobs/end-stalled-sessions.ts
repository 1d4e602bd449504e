import type pg from "pg";

/** A session that keeps others from their locks while it hears nothing from its client for this many seconds belongs to a node that is frozen or gone. */
const stalledAfterSeconds = 15;

/**
 * Ends database sessions of nodes that do not go on: a machine that lost its power or was suspended in the middle of a transaction says no goodbye, and its locks
 * would stand until TCP gives up, hours later. Ended is only who waits for its client (between two statements, or within a COPY) and holds up somebody else for
 * it. Such a node finds its transaction rolled back when it wakes. Our own sessions only, which a role may end by itself. Returns how many were ended.
 */
export async function endStalledSessions(pool: pg.Pool, afterSeconds: number = stalledAfterSeconds): Promise<number> {
  const { rowCount } = await pool.query(
    `select pg_terminate_backend(holder.pid) from (
       select distinct b.pid from pg_stat_activity w
       cross join lateral unnest(pg_blocking_pids(w.pid)) as blocking(pid)
       join pg_stat_activity b on b.pid = blocking.pid
       where w.datname = current_database() and w.wait_event_type = 'Lock'
         and b.datname = current_database() and b.usename = current_user and b.application_name like 'rollcall %'
         and b.wait_event = 'ClientRead' and b.state_change < clock_timestamp() - make_interval(secs => $1)
     ) as holder`,
    [afterSeconds],
  );
  return rowCount ?? 0;
}
