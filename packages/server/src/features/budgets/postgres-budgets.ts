import { paceOf } from '@rollcall/connectors/kit';
import type { Budgets } from '@rollcall/connectors/kit';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import { spentBurst, takePermit } from './take-permit.ts';
import type { Taken } from './take-permit.ts';

/** What the database's clock may run faster than ours between two permits before it counts as set forward. */
const toleranceMs = 250;
const toleratedDrift = 0.001;

/**
 * The rate budgets of every node, in PostgreSQL. A row stands for a stretch of work: when it began (`window_started_at`) and how many permits
 * were taken since (`used`), at `allowed` per `window_seconds`; the next permit falls due after those. The database's clock counts, so that
 * nodes whose clocks differ keep one limit; moments come back in the clock of `now`.
 *
 * A database's clock that is set forward would make permits fall due that are not: each node compares it with `monotonicMs`, which never jumps, spends what was gained and
 * gives the permit back.
 */
export function postgresBudgets(db: Kysely<Database>, now: () => Date, monotonicMs: () => number = () => performance.now()): Budgets {
  let last: { readonly atMs: number; readonly sentMs: number } | null = null;
  let spending: Promise<void> | null = null;
  /** True when the database's clock went further than time did since the permit before. */
  const noteClock = (before: typeof last, sentMs: number, { atMs }: Taken): boolean => {
    if (last === null || sentMs >= last.sentMs) last = { atMs, sentMs };
    return before !== null && atMs - before.atMs > (monotonicMs() - before.sentMs) * (1 + toleratedDrift) + toleranceMs;
  };
  return {
    async acquire(request) {
      await spending;
      const before = last;
      const sentMs = monotonicMs();
      const taken = await takePermit(db, request);
      if (!noteClock(before, sentMs, taken)) return taken.granted ? { grantedAt: now() } : { retryAt: new Date(now().getTime() + taken.waitMs) };
      spending = spendAhead(db).finally(() => { spending = null; });
      await spending;
      return { retryAt: new Date(now().getTime() + Math.max(taken.waitMs, Math.ceil(paceOf(request).intervalMs))) };
    },
    async cool({ tenant, group, until }) {
      const seconds = (until.getTime() - now().getTime()) / 1000;
      if (seconds <= 0) return;
      // The limit is not known here: the first permit writes its own.
      await sql`
        insert into rate_budget as b (tenant, endpoint_group, used, allowed, window_seconds, cooled_until, cooled_at)
        values (${tenant}, ${group}, 0, 1, 1, clock_timestamp() + make_interval(secs => ${seconds}), clock_timestamp())
        on conflict (tenant, endpoint_group) do update set cooled_until = excluded.cooled_until, cooled_at = excluded.cooled_at
        where b.cooled_until is null or b.cooled_until < excluded.cooled_until`.execute(db);
    },
  };
}

/** As if everything that may be taken ahead of time were taken now, in all budgets: what fell due because the clock was set forward is gone. */
async function spendAhead(db: Kysely<Database>): Promise<void> {
  await sql`
    update rate_budget b set window_started_at = clock_timestamp() + ${spentBurst}, used = 0
    where window_started_at + make_interval(secs => used * window_seconds::double precision / allowed) < clock_timestamp() + ${spentBurst}`.execute(db);
}
