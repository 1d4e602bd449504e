import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { accountWalk, beyond, direction } from './order-parts.ts';
import type { ListPart, Reading, Walk } from './order-parts.ts';
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
    walk: resourceIds.length === 0 || resourceIds.length > 60 ? null : dateWalk(resourceIds, days),
  };
}

/**
 * Merges the date indexes of the apps. An account stands where its latest date is, so that one row of it is taken and the earlier
 * ones are passed over; no column of the account has to be kept at every sync.
 */
function dateWalk(resourceIds: readonly number[], days: DayRange): Walk {
  const range = sql`${days.from === null ? sql`true` : sql`x.last_on >= ${days.from}::date`} and ${days.to === null ? sql`true` : sql`x.last_on <= ${days.to}::date`}`;
  const merged = (reading: Reading, window: number) => {
    const order = sql`${direction(reading.descending)}`;
    const branches = resourceIds.map((id) => sql`(
      select x.last_on, x.account_id, x.resource_id from access x
      where x.resource_id = ${id}::int and ${dated(sql`x`)} and ${range} and ${beyond({ keyType: 'date' }, sql`x.last_on`, sql`x.account_id`, reading)}
      order by x.last_on ${order}, x.account_id ${order} limit ${sql.lit(window)})`);
    return sql`select d.* from (${sql.join(branches, sql` union all `)}) d order by d.last_on ${order}, d.account_id ${order} limit ${sql.lit(window)}`;
  };
  const latest = resourceIds.length === 1 ? sql`true` : sql`
    not exists (select from access y where y.account_id = m.account_id and ${ofApps(sql`y`, resourceIds)} and ${dated(sql`y`)}
      and (y.last_on, y.resource_id) > (m.last_on, m.resource_id))`;
  return {
    // One account before the last one: of rows with the same day and account, the one that counts may lie beyond the window.
    ordered: (reading, window) => sql`select m.account_id ${reading.descending ? sql`+ 1` : sql`- 1`} as id, m.last_on as walked_key from (${merged(reading, window)}) m`,
    rows: (reading, window) => {
      const order = sql`${direction(reading.descending)}`;
      return sql`
        select a.*, m.last_on as walked_key from (${merged(reading, window)}) m join account a on a.id = m.account_id
        where a.workspace_id = ${reading.workspaceId}::int and a.gone_at is null and ${latest} order by m.last_on ${order}, m.account_id ${order} limit ${sql.lit(window)}`;
    },
  };
}

/** Accounts without such a date (never, unknown, no access), by name. */
export function notActive(resourceIds: readonly number[]): ListPart {
  const none = sql<boolean>`not exists (select from access x where x.account_id = a.id and ${ofApps(sql`x`, resourceIds)} and ${dated(sql`x`)})`;
  const everybody = accountWalk({ keyType: 'text', key: sql`a.sort_name`, within: sql<boolean>`true` });
  return {
    descending: false,
    keyType: 'text',
    key: sql`a.sort_name`,
    columns: ['sort_name'],
    join: sql``,
    within: none,
    walk: { ordered: everybody.ordered, rows: (reading, window) => sql`select a.* from (${everybody.rows(reading, window)}) a where ${none}` },
  };
}
