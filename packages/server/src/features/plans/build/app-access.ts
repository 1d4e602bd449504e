import { rolesWithoutAccess } from './plan-build.ts';
import { sql } from 'kysely';
import type { PlanBuild } from './plan-build.ts';

/** The accesses to take away: `target(account_id, access_id, resource_id, sure)`: those that matched the query, or those named. */
export async function chooseTargets(build: PlanBuild): Promise<void> {
  const { selection, resourceIds, trx } = build;
  const named = resourceIds.length === 0 ? sql`true` : sql`x.resource_id = any(${[...resourceIds]}::integer[])`;
  const matched = selection.kind === 'query' ? selection.matched : null;
  const chosen = matched === null ? sql`true` : sql`(${matched})`;
  await sql`
    create temp table target on commit drop as
    select x.account_id, x.id as access_id, x.resource_id, c.sure and x.holding = 'has' as sure
    from candidate c join account a on a.id = c.account_id join access x on x.account_id = c.account_id join resource r on r.id = x.resource_id
    where x.holding <> 'none' and r.gone_at is null and ${named} and ${chosen}`.execute(trx);
  await sql`create index on target (account_id)`.execute(trx);
  await sql`analyze target`.execute(trx);
}

/**
 * Every granting path of the targets: `taken_group(account_id, group_id)` and `taken_role(account_id, resource_id, role)`. A target that no known path explains
 * has a direct role we have not read yet: it is named `atlassian/user`, and the roles are read again for each person before anything is taken.
 */
export async function findPaths(build: PlanBuild): Promise<void> {
  const { trx } = build;
  await sql`
    create temp table taken_group on commit drop as
    -- From the targets outwards: a group that grants an app has far more members than the planner thinks.
    with held as materialized (select t.account_id, t.resource_id, m.group_id from target t join group_member m on m.account_id = t.account_id)
    select distinct t.account_id, t.group_id from held t
    join group_grant h on h.group_id = t.group_id and h.resource_id = t.resource_id
    where h.role <> all(${[...rolesWithoutAccess]}::text[])`.execute(trx);
  await sql`create index on taken_group (account_id)`.execute(trx);
  await sql`analyze taken_group`.execute(trx);
  await sql`
    create temp table taken_role on commit drop as
    select t.account_id, t.resource_id, d.role from target t
    join direct_role d on d.account_id = t.account_id and d.resource_id = t.resource_id and d.method = 'direct' and d.role <> all(${[...rolesWithoutAccess]}::text[])
    union
    select t.account_id, t.resource_id, 'atlassian/user' from target t
    where not exists (select 1 from direct_role d where d.account_id = t.account_id and d.resource_id = t.resource_id)
      and not exists (select 1 from taken_group k join group_grant h on h.group_id = k.group_id where k.account_id = t.account_id and h.resource_id = t.resource_id)`.execute(trx);
  await sql`create index on taken_role (account_id)`.execute(trx);
}

/**
 * Other apps that a person loses through a shared group: `lost(account_id, access_id, resource_id, in_use)`. `in_use` is true unless the app is surely
 * inactive or never accessed: a use that is unknown counts as use.
 */
export async function findLosses(build: PlanBuild): Promise<void> {
  const { trx, unused } = build;
  await sql`
    create temp table lost on commit drop as
    select x.account_id, x.id as access_id, x.resource_id, not (${unused}) as in_use
    from (select distinct k.account_id, h.resource_id from taken_group k join group_grant h on h.group_id = k.group_id
      where h.resource_id is not null and h.role <> all(${[...rolesWithoutAccess]}::text[])
        and not exists (select 1 from target t where t.account_id = k.account_id and t.resource_id = h.resource_id)) as touched
    join account a on a.id = touched.account_id
    join access x on x.account_id = touched.account_id and x.resource_id = touched.resource_id and x.holding <> 'none'
    where not exists (
        select 1 from group_member m join group_grant h on h.group_id = m.group_id
        where m.account_id = x.account_id and h.resource_id = x.resource_id and h.role <> all(${[...rolesWithoutAccess]}::text[])
          and not exists (select 1 from taken_group k where k.account_id = m.account_id and k.group_id = m.group_id))
      and not exists (select 1 from direct_role d where d.account_id = x.account_id and d.resource_id = x.resource_id and d.method = 'direct')`.execute(trx);
  await sql`create index on lost (account_id)`.execute(trx);
}
