import { paceOf, permitsAhead } from '@rollcall/connectors/kit';
import type { Budgets, PermitRequest } from '@rollcall/connectors/kit';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';

/**
 * The rate budgets of every node, in PostgreSQL. A row stands for a stretch of work: when it began (`window_started_at`) and how many permits
 * were taken since (`used`), at `allowed` per `window_seconds`; the next permit falls due after those. The database's clock counts, so that
 * nodes whose clocks differ keep one limit; moments come back in the clock of `now`. One statement and one row lock per permit.
 */
export function postgresBudgets(db: Kysely<Database>, now: () => Date): Budgets {
  return {
    async acquire(request) {
      const { granted, waitMs } = await take(db, request);
      if (granted) return { grantedAt: now() };
      return { retryAt: new Date(now().getTime() + waitMs) };
    },
    async cool({ tenant, group, until }) {
      const seconds = (until.getTime() - now().getTime()) / 1000;
      if (seconds <= 0) return;
      // The limit is not known here: the first permit writes its own.
      await sql`
        insert into rate_budget as b (tenant, endpoint_group, used, allowed, window_seconds, cooled_until)
        values (${tenant}, ${group}, 0, 1, 1, clock_timestamp() + make_interval(secs => ${seconds}))
        on conflict (tenant, endpoint_group) do update set cooled_until = greatest(b.cooled_until, excluded.cooled_until)`.execute(db);
    },
  };
}

interface Taken {
  readonly granted: boolean;
  readonly waitMs: number;
}

async function take(db: Kysely<Database>, request: PermitRequest): Promise<Taken> {
  const pace = paceOf(request);
  const due = sql`b.window_started_at + make_interval(secs => b.used * b.window_seconds::double precision / b.allowed)`;
  const ahead = sql`make_interval(secs => ${(permitsAhead(pace, request.lane) * pace.intervalMs) / 1000}::double precision)`;
  // The stretch goes on while permits are taken faster than they fall due and the limit is the same; else a new one begins.
  const goesOn = sql`(b.allowed, b.window_seconds) = (excluded.allowed, excluded.window_seconds) and ${due} > excluded.window_started_at`;
  const { rows } = await sql<{ granted: boolean; wait_ms: number | null }>`
    -- A permit need not wait for the disk: what a power loss could forget is less than the share of the limit that is never spent.
    with asked as materialized (select clock_timestamp() as at, set_config('synchronous_commit', 'off', true) as quick),
    granted as (
      insert into rate_budget as b (tenant, endpoint_group, window_started_at, used, allowed, window_seconds)
      select ${request.tenant}, ${request.group}, asked.at, 1, ${pace.perWindow}::integer, ${request.windowSeconds}::integer from asked
      on conflict (tenant, endpoint_group) do update set
        window_started_at = case when ${goesOn} then b.window_started_at else greatest(${due}, excluded.window_started_at) end,
        used = case when ${goesOn} then b.used + 1 else 1 end,
        allowed = excluded.allowed,
        window_seconds = excluded.window_seconds
      where (b.cooled_until is null or b.cooled_until <= excluded.window_started_at) and ${due} - ${ahead} <= excluded.window_started_at
      returning 1
    )
    select exists (select from granted) as granted, (
      select extract(epoch from greatest(b.cooled_until, ${due} - ${ahead}) - asked.at)::double precision * 1000
      from rate_budget b, asked where (b.tenant, b.endpoint_group) = (${request.tenant}, ${request.group})
    ) as wait_ms`.execute(db);
  const [row] = rows;
  // The wait is read as of the statement's start: when another node has just taken the last permit it comes out too short, and is asked again.
  return { granted: row?.granted === true, waitMs: Math.max(Math.ceil(row?.wait_ms ?? pace.intervalMs), 1) };
}
