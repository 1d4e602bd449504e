import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { beyond, direction } from './order-parts.ts';
import type { ListPart, Reading } from './order-parts.ts';
import type { DayRange } from './sorted-days.ts';

const dated = (alias: RawBuilder<unknown>) => sql<boolean>`${alias}.holding = 'has' and ${alias}.last_kind = 'at'`;

/** One of these apps. Written so that the accesses of a known account are found by the account: the index by app would be searched once for each app. */
const ofApps = (alias: RawBuilder<unknown>, resourceIds: readonly number[]) => sql<boolean>`${alias}.resource_id + 0 = any(${[...resourceIds]}::int[])`;

function latestOf(resourceIds: readonly number[]): RawBuilder<unknown> {
  return sql`left join lateral (
    select max(x.last_on) as last_on from access x where x.account_id = a.id and ${ofApps(sql`x`, resourceIds)} and ${dated(sql`x`)}) latest on true`;
}

/** Accounts with a last active date in one of the apps, by the latest of these dates. `days` is where matches can lie, for one app. */
export function latestActive(resourceIds: readonly number[], descending: boolean, days: DayRange): ListPart {
  return {
    descending,
    keyType: 'date',
    key: sql`latest.last_on`,
    columns: [],
    join: latestOf(resourceIds),
    within: sql<boolean>`latest.last_on is not null`,
    // With very many apps on sites the plan of the merged walk costs more than it saves.
    walk: resourceIds.length === 0 || resourceIds.length > 60 ? null : (reading, window) => walkDates(resourceIds, days, reading, window),
  };
}

/**
 * Merges the date indexes of the apps. An account stands where its latest date is, so that one row of it is taken and the earlier
 * ones are passed over; no column of the account has to be kept at every sync.
 */
function walkDates(resourceIds: readonly number[], days: DayRange, reading: Reading, window: number): RawBuilder<unknown> {
  const order = sql`${direction(reading.descending)}`;
  const range = sql`${days.from === null ? sql`true` : sql`x.last_on >= ${days.from}::date`} and ${days.to === null ? sql`true` : sql`x.last_on <= ${days.to}::date`}`;
  const branches = resourceIds.map((id) => sql`(
    select x.last_on, x.account_id, x.resource_id from access x
    where x.resource_id = ${id}::int and ${dated(sql`x`)} and ${range} and ${beyond({ keyType: 'date' }, sql`x.last_on`, sql`x.account_id`, reading)}
    order by x.last_on ${order}, x.account_id ${order} limit ${window}::int)`);
  const merged = sql`select d.* from (${sql.join(branches, sql` union all `)}) d order by d.last_on ${order}, d.account_id ${order} limit ${window}::int`;
  const latest = resourceIds.length === 1 ? sql`true` : sql`
    not exists (select from access y where y.account_id = m.account_id and ${ofApps(sql`y`, resourceIds)} and ${dated(sql`y`)}
      and (y.last_on, y.resource_id) > (m.last_on, m.resource_id))`;
  return sql`
    select a.*, m.last_on as walked_key from (${merged}) m join account a on a.id = m.account_id
    where a.workspace_id = ${reading.workspaceId}::int and a.gone_at is null and ${latest} order by m.last_on ${order}, m.account_id ${order} limit ${window}::int`;
}

/** Accounts without such a date (never, unknown, no access), by name. */
export function notActive(resourceIds: readonly number[]): ListPart {
  const none = sql<boolean>`not exists (select from access x where x.account_id = a.id and ${ofApps(sql`x`, resourceIds)} and ${dated(sql`x`)})`;
  return {
    descending: false,
    keyType: 'text',
    key: sql`a.sort_name`,
    columns: ['sort_name'],
    join: sql``,
    within: none,
    walk: (reading, window) => sql`
      select a.*, a.sort_name as walked_key from (
        select a.* from account a
        where a.workspace_id = ${reading.workspaceId}::int and a.gone_at is null and ${beyond({ keyType: 'text' }, sql`a.sort_name`, sql`a.id`, reading)}
        order by a.sort_name ${direction(reading.descending)}, a.id ${direction(reading.descending)} limit ${window}::int) a
      where ${none}`,
  };
}
