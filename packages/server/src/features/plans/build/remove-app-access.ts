import { chooseTargets, findLosses, findPaths } from './app-access.ts';
import { groupCalls } from './group-calls.ts';
import { rolesWithoutAccess } from './plan-build.ts';
import { sql } from 'kysely';
import { writeItems } from './write-items.ts';
import type { PlanBuild } from './plan-build.ts';

/** Takes every granting path of the chosen apps away, and nothing else (mission C1). */
export async function planRemoveAppAccess(build: PlanBuild): Promise<void> {
  const { trx } = build;
  await chooseTargets(build);
  await findPaths(build);
  await findLosses(build);
  await sql`
    create temp table summed on commit drop as
    select t.account_id, array_agg(t.resource_id order by t.resource_id) as resource_ids, bool_and(t.sure) as sure,
      bool_or(x.clock_on >= ${build.countsFrom}::date) as clock_in_period, max(x.clock_on) as clock_on,
      bool_or(x.holding = 'unknown') as holding_unknown,
      bool_or(exists (select 1 from direct_role i where i.account_id = t.account_id and i.resource_id = t.resource_id and i.method = 'inferred' and i.role <> all(${[...rolesWithoutAccess]}::text[]))) as inferred
    from target t join access x on x.id = t.access_id group by t.account_id`.execute(trx);
  await sql`create unique index on summed (account_id)`.execute(trx);
  await sql`
    create temp table group_call on commit drop as
    select k.account_id, bool_or(not g.modifiable) as by_idp,
      jsonb_agg(jsonb_build_object('group', g.name, 'groupId', g.vendor_id, 'provider', g.managed_by) order by g.name) filter (where not g.modifiable) as idp_groups,
      jsonb_agg(${groupCalls('removeFromGroup')} order by g.name, g.id) as calls
    from taken_group k join account_group g on g.id = k.group_id left join directory d on d.id = g.directory_id group by k.account_id`.execute(trx);
  await sql`create unique index on group_call (account_id)`.execute(trx);
  await sql`
    create temp table role_call on commit drop as
    select k.account_id, jsonb_agg(jsonb_build_object('verb', 'revokeRole', 'resourceId', r.vendor_id, 'role', k.role, 'app', r.app, 'site', r.site) order by r.id, k.role) as calls
    from taken_role k join resource r on r.id = k.resource_id group by k.account_id`.execute(trx);
  await sql`create unique index on role_call (account_id)`.execute(trx);
  await sql`
    create temp table loss on commit drop as
    select l.account_id, bool_or(l.in_use or not ${visibleLoss(build)}) as in_use,
      jsonb_agg(${lossEffect(build)} order by r.id) as effects
    from lost l join resource r on r.id = l.resource_id join access x on x.id = l.access_id group by l.account_id`.execute(trx);
  await sql`create unique index on loss (account_id)`.execute(trx);
  await writeItems(build, {
    joins: sql`left join summed s on s.account_id = c.account_id left join group_call gc on gc.account_id = c.account_id
      left join role_call rc on rc.account_id = c.account_id left join loss l on l.account_id = c.account_id`,
    skips: sql`when s.account_id is null and c.sure then 'noAccess' when gc.by_idp then 'managedByIdp' when s.inferred then 'pathNotRemovable'`,
    looks: sql`when s.holding_unknown or not s.sure then 'activityUnknown'
      when ${build.restsOnInactivity} and s.clock_in_period then 'clockStartedInPeriod'
      when l.in_use then 'wouldCutAppInUse'`,
    reasonData: sql`case when gc.by_idp then jsonb_build_object('groups', gc.idp_groups) when s.clock_in_period then jsonb_build_object('clockOn', s.clock_on) end`,
    resourceIds: sql`coalesce(s.resource_ids, '{}')`,
    calls: sql`coalesce(gc.calls, '[]'::jsonb) || coalesce(rc.calls, '[]'::jsonb)`,
    sideEffects: sql`coalesce(l.effects, '[]'::jsonb)`,
    actReason: build.restsOnInactivity ? 'notUsedInPeriod' : 'matches',
    givesBack: false,
  });
}

/** Nobody takes away unseen: an app that the maker of the plan may not see counts as one in use. */
export function visibleLoss(build: PlanBuild) {
  return build.visibleResources === null ? sql`true` : sql`l.resource_id = any(${[...build.visibleResources]}::integer[])`;
}

/** An app lost through a shared group; its name is left out where the maker of the plan may not see it. */
export function lossEffect(build: PlanBuild) {
  return sql`case when ${visibleLoss(build)} then jsonb_build_object('code', 'losesApp', 'app', r.app, 'site', r.site, 'inUse', l.in_use, 'lastOn', x.last_on, 'lastKind', x.last_kind)
    else jsonb_build_object('code', 'losesHiddenApp', 'inUse', l.in_use) end`;
}
