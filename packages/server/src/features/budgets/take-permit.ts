import { laneOrder, longestPlaceMs, paceOf, permitsAhead, turnAfter, waitingGraceMs } from '@rollcall/connectors/kit';
import type { PermitRequest } from '@rollcall/connectors/kit';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { keptPlan } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';

/** `atMs`: the database's clock when it was asked, in milliseconds since 1970. */
export interface Taken {
  readonly granted: boolean;
  readonly waitMs: number;
  readonly atMs: number;
}

const turns = laneOrder.map((lane) => turnAfter[lane]);
const longestPlace = seconds(longestPlaceMs / 1000);
const grace = seconds(waitingGraceMs / 1000);

/** How far ahead the next permit can be due at most: a burst, which is at most one permit in 31 of a window (see paceOf). */
export const spentBurst = sql`make_interval(secs => (1 + b.allowed / 31) * b.window_seconds::double precision / b.allowed)`;

/**
 * Takes a permit, or the earliest moment for another try, in one statement under the lock of the budget's row. The rules of lanes are those of the connectors'
 * `lanes.ts`, and a test compares the two.
 *
 * A stored moment that cannot lie so far ahead comes from a clock that was set back since: it counts as if all that may be taken ahead of time had just been taken, and a wait
 * that the vendor asked for begins anew.
 */
export async function takePermit(db: Kysely<Database>, request: PermitRequest): Promise<Taken> {
  const pace = paceOf(request);
  const lane = laneOrder.indexOf(request.lane) + 1;
  const interval = seconds(pace.intervalMs / 1000);
  const ahead = sql`case when v.overdue then ${seconds(((pace.burst - 1) * pace.intervalMs) / 1000)} else ${seconds((permitsAhead(pace, request.lane) * pace.intervalMs) / 1000)} end`;
  const { rows } = await sql<{ granted: boolean; wait_ms: number; at_ms: number }>`
    ${keptPlan}
    -- A permit need not wait for the disk: what a power loss could forget is less than the share of the limit that is never spent.
    with asked as materialized (select clock_timestamp() as at, set_config('synchronous_commit', 'off', true) as quick)
    insert into rate_budget as b (tenant, endpoint_group, window_started_at, used, allowed, window_seconds, asked_at, granted, earliest)
    select ${request.tenant}, ${request.group}, asked.at, 1, ${pace.perWindow}::integer, ${request.windowSeconds}::integer, asked.at, true, asked.at from asked
    on conflict (tenant, endpoint_group) do update set
      (window_started_at, used, allowed, window_seconds, cooled_until, cooled_at, waiting_until, passed_over, asked_at, granted, earliest) = (
        select
          -- The stretch goes on while permits are taken faster than they fall due and the limit is the same; else a new one begins.
          case when x.granted and not goes_on then greatest(due, at) when set_back then due else b.window_started_at end,
          case when x.granted and goes_on then b.used + 1 when x.granted then 1 when set_back then 0 else b.used end,
          case when x.granted then excluded.allowed else b.allowed end,
          case when x.granted then excluded.window_seconds else b.window_seconds end,
          u.cooled, case when u.cooled is distinct from b.cooled_until then at else b.cooled_at end,
          (select array_agg(case when place <> ${lane} then l.until when not x.granted then at + least(x.earliest - at, ${longestPlace}) + ${grace} end order by place) from ${lanes()}),
          (select array_agg(case when place = ${lane} and x.granted or l.until is null then 0 when x.granted then l.passed + 1 else l.passed end order by place) from ${lanes()}),
          at, x.granted, x.earliest
        from (select excluded.window_started_at as at, b.window_started_at + make_interval(secs => b.used * b.window_seconds::double precision / b.allowed) as stored) as t
        cross join lateral (select at + ${spentBurst} as latest) as m
        cross join lateral (select
          stored > latest as set_back,
          least(stored, latest) as due,
          (b.allowed, b.window_seconds) = (excluded.allowed, excluded.window_seconds) and stored > at and stored <= latest as goes_on,
          case when b.cooled_at > at + interval '1 s' and b.cooled_until > at then at + (b.cooled_until - b.cooled_at) else b.cooled_until end as cooled) as u
        cross join lateral (select coalesce(bool_or(l.passed >= l.turn and l.until is not null), false) as overdue from ${lanes()} where place = ${lane}) as v
        cross join lateral (select max(l.until) as blocked from ${lanes()} where place <> ${lane} and l.until is not null
          and case when l.passed >= l.turn then not v.overdue or place < ${lane} else not v.overdue and place < ${lane} end) as w
        cross join lateral (select greatest(u.cooled, due - ${ahead}, case when w.blocked is not null then least(w.blocked, at + ${interval}) end, at) as earliest) as y
        cross join lateral (select y.earliest <= at as granted, y.earliest) as x
      )
    returning granted, extract(epoch from earliest - asked_at)::double precision * 1000 as wait_ms, extract(epoch from asked_at)::double precision * 1000 as at_ms`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('The rate budget gave no answer.');
  return { granted: row.granted, waitMs: Math.max(Math.ceil(row.wait_ms), 1), atMs: row.at_ms };
}

/** The lanes with their place (1 to 4); `until` is null of those that do not wait, or no more, or for longer than can be. */
function lanes(): RawBuilder<unknown> {
  return sql`(select case when kept > at and kept <= at + ${longestPlace} + ${grace} then kept end as until, passed, turn, place
    from unnest(b.waiting_until, b.passed_over, ${turns}::integer[]) with ordinality as stored_lane(kept, passed, turn, place)) as l`;
}

function seconds(value: number): RawBuilder<unknown> {
  return sql`make_interval(secs => ${value}::double precision)`;
}
