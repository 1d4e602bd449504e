import { addDays, addMonths, startOfMonth } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { CompileContext } from './compile-context.ts';
import { both, either, leaf, negate, nothing } from './condition.ts';
import type { SqlCondition } from './condition.ts';
import { idIsOneOf } from './sql-fragments.ts';

/** Access `x` is held for certain. */
export const held = leaf(sql`x.holding = 'has'`);
export const wasActive = leaf(sql`x.last_kind = 'at'`);
export const neverActive = leaf(sql`x.last_kind = 'never'`);

/** The reading of access `x` reaches `day`: by its own date, else by that of its evidence. */
export function reaches(day: CivilDate, context: CompileContext): SqlCondition {
  const evidence = context.evidence.filter((one) => one.knownThrough !== null && one.knownThrough >= day).map((one) => one.id);
  // Written out instead of coalesce(…), of which the planner knows nothing: it would take half of all readings for stale.
  const own = sql`x.known_through is not null and x.known_through >= ${day}::date`;
  return leaf(evidence.length === 0 ? own : sql`${own} or x.known_through is null and x.evidence_id is not null and x.evidence_id = any(${evidence}::int[])`);
}

export interface UsageClasses {
  readonly active: SqlCondition;
  readonly lowUsage: SqlCondition;
  readonly inactive: SqlCondition;
  readonly never: SqlCondition;
  /** Active or low usage, without asking which. */
  readonly used: SqlCondition;
}

/** The classes of `judgeUsage` for access `x`, each true or false; where none holds, the usage is unknown. */
export function usageClasses(context: CompileContext): UsageClasses {
  const { period, usageRules } = context;
  const lastInPeriod = leaf(sql`x.last_kind = 'at' and x.last_on between ${period.from}::date and ${period.to}::date`);
  // `offset 0` keeps it a look-up per access that needs it: else the planner may hash the months of everybody.
  const dayInPeriod = leaf(sql`exists (select from ${monthsOfPeriod(period.from, period.to)} and ${daysOfPeriod(period.from, period.to)} <> 0 offset 0)`);
  const seen = either([lastInPeriod, dayInPeriod]);
  const covered = coveredBy(context);
  const few = leaf(sql`${countedDays(context)} < ${usageRules.lowUsageDays}::int`);
  const fresh = reaches(addDays(period.to, -usageRules.freshnessDays), context);
  const clockBefore = leaf(sql`x.clock_on is null or x.clock_on < ${period.from}::date`);
  const lastBefore = leaf(sql`x.last_on is not null and x.last_on < ${period.from}::date`);
  return {
    active: both([held, seen, either([negate(covered), negate(few)])]),
    lowUsage: both([held, seen, covered, few]),
    inactive: both([held, wasActive, lastBefore, fresh, clockBefore, negate(dayInPeriod)]),
    never: both([held, neverActive, fresh, negate(dayInPeriod)]),
    used: both([held, seen]),
  };
}

function coveredBy(context: CompileContext): SqlCondition {
  const covering = context.evidence.filter((one) => one.historyFrom !== null && one.historyFrom <= context.period.from).map((one) => one.id);
  return covering.length === 0 ? nothing : leaf(sql`coalesce(x.evidence_id = any(${covering}::int[]), false)`);
}

function monthsOfPeriod(from: CivilDate, to: CivilDate): RawBuilder<unknown> {
  return sql`activity_month m where m.access_id = x.id and m.month between ${startOfMonth(from)}::date and ${startOfMonth(to)}::date`;
}

/** The bits of the month that lie within the period: bit 0 is the first day. */
function daysOfPeriod(from: CivilDate, to: CivilDate): RawBuilder<unknown> {
  const fromBits = -(2 ** (Number(from.slice(8)) - 1));
  const toBits = to === lastOfMonth(to) ? -1 : 2 ** Number(to.slice(8)) - 1;
  if (startOfMonth(from) === startOfMonth(to)) return sql`(m.days & ${fromBits}::int & ${toBits}::int)`;
  return sql`(m.days & case m.month when ${startOfMonth(from)}::date then ${fromBits}::int when ${startOfMonth(to)}::date then ${toBits}::int else -1 end)`;
}

function lastOfMonth(day: CivilDate): CivilDate {
  return addDays(addMonths(startOfMonth(day), 1), -1);
}

/** Distinct days of the period: those of history, and the last active day where history does not hold it. */
function countedDays({ period: { from, to } }: CompileContext): RawBuilder<unknown> {
  return sql`(
    (select coalesce(sum(bit_count(${daysOfPeriod(from, to)}::bit(32))), 0) from ${monthsOfPeriod(from, to)})
    + case when x.last_kind = 'at' and x.last_on between ${from}::date and ${to}::date and not exists (
        select from activity_month m where m.access_id = x.id and m.month = date_trunc('month', x.last_on)::date
          and (m.days >> (extract(day from x.last_on)::int - 1)) & 1 = 1) then 1 else 0 end)`;
}

/** Access `x` exists for the person who asks: it is held or may be held, and lies within what they may see. */
export function exists(context: CompileContext): SqlCondition {
  const held = leaf(sql`x.holding <> 'none'`);
  return context.allowedResourceIds === null ? held : both([held, idIsOneOf(sql`x.resource_id`, context.allowedResourceIds)]);
}
