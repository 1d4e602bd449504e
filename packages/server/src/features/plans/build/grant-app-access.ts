import { sql } from 'kysely';
import { groupCalls } from './group-calls.ts';
import { writeItems } from './write-items.ts';
import type { PlanBuild } from './plan-build.ts';

/**
 * Gives access to the chosen apps in the way that gives nothing else: by a group of the person's directory that grants just this app, else by a direct role.
 */
export async function planGrantAppAccess(build: PlanBuild): Promise<void> {
  const { trx, resourceIds } = build;
  await sql`
    create temp table wanted on commit drop as
    select c.account_id, r.id as resource_id, r.vendor_id, r.app, r.site, pick.group_id
    from candidate c join account a on a.id = c.account_id
    join resource r on r.id = any(${[...resourceIds]}::integer[]) and r.gone_at is null
    left join lateral (
      select g.id as group_id from account_group g join group_grant h on h.group_id = g.id and h.resource_id = r.id and h.role in ('atlassian/user', 'user')
      where g.gone_at is null and g.modifiable and not g.grants_admin and (g.directory_id is null or g.directory_id = any(a.directory_ids))
        and (select count(distinct o.resource_vendor_id) from group_grant o where o.group_id = g.id) = 1
      order by g.name, g.id limit 1
    ) as pick on true
    where not exists (select 1 from access x where x.account_id = c.account_id and x.resource_id = r.id and x.holding = 'has')`.execute(trx);
  await sql`
    create temp table summed on commit drop as
    select w.account_id, array_agg(w.resource_id order by w.resource_id) as resource_ids,
      jsonb_agg(case when w.group_id is null then jsonb_build_object('verb', 'assignRole', 'resourceId', w.vendor_id, 'role', 'atlassian/user', 'app', w.app, 'site', w.site)
        else ${groupCalls('addToGroup')} end order by w.resource_id) as calls,
      jsonb_agg(jsonb_build_object('code', 'gainsApp', 'app', w.app, 'site', w.site) order by w.resource_id) as effects
    from wanted w left join account_group g on g.id = w.group_id left join directory d on d.id = g.directory_id group by w.account_id`.execute(trx);
  await sql`create unique index on summed (account_id)`.execute(trx);
  await writeItems(build, {
    joins: sql`left join summed s on s.account_id = c.account_id`,
    skips: sql`when s.account_id is null then 'alreadyHasAccess' when a.status in ('deactivated', 'for_deletion') then 'notActive' when a.directory_ids = '{}' then 'notInDirectory'`,
    looks: sql``,
    reasonData: sql`null::jsonb`,
    resourceIds: sql`coalesce(s.resource_ids, '{}')`,
    calls: sql`coalesce(s.calls, '[]'::jsonb)`,
    sideEffects: sql`coalesce(s.effects, '[]'::jsonb)`,
    actReason: 'matches',
    givesBack: true,
  });
}
