import { findLosses } from './app-access.ts';
import { groupCalls } from './group-calls.ts';
import { lossEffect, visibleLoss } from './remove-app-access.ts';
import { rolesWithoutAccess } from './plan-build.ts';
import { sql } from 'kysely';
import { writeItems } from './write-items.ts';
import type { PlanBuild } from './plan-build.ts';

/** Takes people out of the chosen groups. What else a group grants is named, and held for a look when it is in use. */
export async function planRemoveFromGroup(build: PlanBuild): Promise<void> {
  const { trx, groupIds } = build;
  await sql`create temp table target (account_id bigint, access_id bigint, resource_id integer, sure boolean) on commit drop`.execute(trx);
  await sql`
    create temp table taken_group on commit drop as
    select m.account_id, m.group_id from candidate c join group_member m on m.account_id = c.account_id where m.group_id = any(${[...groupIds]}::bigint[])`.execute(trx);
  await sql`create index on taken_group (account_id)`.execute(trx);
  await findLosses(build);
  await sumGroups(build, 'removeFromGroup');
  await sql`
    create temp table loss on commit drop as
    select l.account_id, bool_or(l.in_use or not ${visibleLoss(build)}) as in_use, jsonb_agg(${lossEffect(build)} order by r.id) as effects
    from lost l join resource r on r.id = l.resource_id join access x on x.id = l.access_id group by l.account_id`.execute(trx);
  await writeItems(build, {
    joins: sql`left join summed s on s.account_id = c.account_id left join loss l on l.account_id = c.account_id`,
    skips: sql`when s.account_id is null then 'notMember' when s.by_idp then 'managedByIdp'`,
    looks: sql`when l.in_use then 'wouldCutAppInUse'`,
    reasonData: sql`case when s.by_idp then jsonb_build_object('groups', s.idp_groups) end`,
    resourceIds: sql`'{}'::integer[]`,
    calls: sql`coalesce(s.calls, '[]'::jsonb)`,
    sideEffects: sql`coalesce(l.effects, '[]'::jsonb)`,
    actReason: build.restsOnInactivity ? 'notUsedInPeriod' : 'matches',
    givesBack: false,
  });
}

/** Adds people to the chosen groups of their own directory. Groups that grant administration are never given in bulk. */
export async function planAddToGroup(build: PlanBuild): Promise<void> {
  const { trx, groupIds } = build;
  await sql`
    create temp table taken_group on commit drop as
    select c.account_id, g.id as group_id from candidate c join account a on a.id = c.account_id
    join account_group g on g.id = any(${[...groupIds]}::bigint[]) and g.gone_at is null and (g.directory_id is null or g.directory_id = any(a.directory_ids))
    where not exists (select 1 from group_member m where m.account_id = c.account_id and m.group_id = g.id)`.execute(trx);
  await sumGroups(build, 'addToGroup');
  await sql`
    create temp table gain on commit drop as
    select k.account_id, jsonb_agg(distinct jsonb_build_object('code', 'gainsApp', 'app', r.app, 'site', r.site)) as effects
    from taken_group k join group_grant h on h.group_id = k.group_id and h.role <> all(${[...rolesWithoutAccess]}::text[]) join resource r on r.id = h.resource_id
    where not exists (select 1 from access x where x.account_id = k.account_id and x.resource_id = h.resource_id and x.holding = 'has')
    group by k.account_id`.execute(trx);
  await writeItems(build, {
    joins: sql`left join summed s on s.account_id = c.account_id left join gain g on g.account_id = c.account_id`,
    skips: sql`when s.account_id is null and exists (select 1 from group_member m where m.account_id = c.account_id and m.group_id = any(${[...groupIds]}::bigint[])) then 'alreadyMember'
      when s.account_id is null then 'otherDirectory' when s.by_idp then 'managedByIdp' when s.grants_admin then 'grantsAdministration'`,
    looks: sql``,
    reasonData: sql`case when s.by_idp then jsonb_build_object('groups', s.idp_groups) end`,
    resourceIds: sql`'{}'::integer[]`,
    calls: sql`coalesce(s.calls, '[]'::jsonb)`,
    sideEffects: sql`coalesce(g.effects, '[]'::jsonb)`,
    actReason: 'matches',
    givesBack: true,
  });
}

async function sumGroups({ trx }: PlanBuild, verb: 'removeFromGroup' | 'addToGroup'): Promise<void> {
  await sql`
    create temp table summed on commit drop as
    select k.account_id, bool_or(not g.modifiable) as by_idp, bool_or(g.grants_admin) as grants_admin,
      jsonb_agg(jsonb_build_object('group', g.name, 'groupId', g.vendor_id, 'provider', g.managed_by) order by g.name) filter (where not g.modifiable) as idp_groups,
      jsonb_agg(${groupCalls(verb)} order by g.name, g.id) as calls
    from taken_group k join account_group g on g.id = k.group_id left join directory d on d.id = g.directory_id group by k.account_id`.execute(trx);
  await sql`create unique index on summed (account_id)`.execute(trx);
}
