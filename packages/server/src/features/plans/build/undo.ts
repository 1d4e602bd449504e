import { findExempted } from './candidates.ts';
import { sql } from 'kysely';
import type { PlanBuild } from './plan-build.ts';

/**
 * The rows of an undo plan: for each person of the run, the opposite of every call that took effect (or can have), in reverse order. Caps and freshness do not
 * hold giving back. Skipped with the reason: accounts and groups that are gone, accounts deactivated since (Atlassian answers ADMIN-UAM-400-2), what the vendor cannot
 * give back, what an earlier undo gave back. Groups that grant
 * administration today are held for a look. Where the run gave, its undo takes: then protections and exemptions hold, and an app used since the run is held for a look.
 */
export async function writeUndoItems(build: PlanBuild, runId: string): Promise<void> {
  await sql`create temp table candidate on commit drop as select distinct account_id, true as sure from run_item where run_id = ${runId}`.execute(build.trx);
  await findExempted(build);
  await oppositesOf(build, runId);
  await sql`
    insert into plan_item (workspace_id, plan_id, seq, account_id, resource_ids, decision, reason, reason_data, before, calls, side_effects)
    select ${build.workspaceId}::integer, ${build.planId}::uuid, row_number() over (order by case decision when 'act' then 0 when 'look' then 1 else 2 end, sort_name, account_id),
      account_id, resource_ids, decision, reason, case reason when 'protected' then jsonb_build_object('by', protected_by) when 'exempt' then exemption_data end, before,
      case decision when 'skip' then '[]'::jsonb else calls end, side_effects
    from (
      select judged.*, case when skip is not null then 'skip' when look is not null then 'look' else 'act' end as decision, coalesce(skip, look, 'givesBack') as reason
      from (
        select u.account_id, a.sort_name, a.protected_by, e.reason_data as exemption_data, coalesce(max(p.resource_ids), '{}') as resource_ids,
          case when a.gone_at is not null then 'accountGone'
            when bool_and(u.inverse is null) then 'cannotBeGivenBack'
            when not bool_or(${doable}) and bool_or(u.inverse is not null and u.call ? 'groupId' and not u.group_there) then 'groupGone'
            when not bool_or(${doable}) and bool_or(u.inverse is not null and not u.modifiable) then 'managedByIdp'
            when not bool_or(${doable}) then 'alreadySo'
            when bool_or(${gives}) and a.status in ('deactivated', 'for_deletion') then 'deactivatedSince'
            when bool_or(${takes}) and a.protected_by is not null then 'protected'
            when bool_or(${takes}) and e.account_id is not null then 'exempt' end as skip,
          case when bool_or(u.inverse = 'addToGroup' and u.grants_admin and ${doable}) then 'grantsAdministration' when bool_or(u.used and ${takes}) then 'wouldCutAppInUse' end as look,
          jsonb_build_object('status', a.status, 'accesses', '[]'::jsonb) as before,
          coalesce(jsonb_agg((u.call || jsonb_build_object('verb', u.inverse)) order by u.ordinal desc) filter (where ${doable}), '[]'::jsonb) as calls,
          coalesce(jsonb_agg(jsonb_build_object('code', case when u.inverse is null then 'cannotBeGivenBack' when not u.group_there then 'groupGone' else 'managedByIdp' end, 'group', u.call ->> 'groupName', 'directory', u.call ->> 'directoryName') order by u.ordinal)
            filter (where u.inverse is null or u.call ? 'groupId' and (not u.group_there or not u.modifiable)), '[]'::jsonb) as side_effects
        from undone u join account a on a.id = u.account_id left join exempted e on e.account_id = u.account_id
        left join run_item i on i.run_id = ${runId} and i.account_id = u.account_id left join plan_item p on p.id = i.plan_item_id
        group by u.account_id, a.id, a.sort_name, a.gone_at, a.status, a.protected_by, e.account_id, e.reason_data
      ) as judged
    ) as decided`.execute(build.trx);
}

/**
 * `undone`: each call of the run with its opposite. Whether the person is in the group is not asked of the inventory: a reading that was under way during the
 * run can bring back what the run took. The vendor is asked before the call.
 */
async function oppositesOf(build: PlanBuild, runId: string): Promise<void> {
  const { trx, countsFrom } = build;
  const realmId = build.source.realmId;
  await sql`
    create temp table undone on commit drop as
    select i.account_id, k.ordinal, k.call,
      case k.call ->> 'verb' when 'removeFromGroup' then 'addToGroup' when 'addToGroup' then 'removeFromGroup' when 'revokeRole' then 'assignRole' when 'assignRole' then 'revokeRole'
        when 'suspendAccess' then 'restoreAccess' when 'restoreAccess' then 'suspendAccess' end as inverse,
      coalesce(g.grants_admin, false) as grants_admin, g.id is not null and g.gone_at is null as group_there, coalesce(g.modifiable, true) as modifiable,
      exists (select 1 from run b join run_item bi on bi.run_id = b.id and bi.account_id = i.account_id join run_call bk on bk.run_item_id = bi.id
        where b.undo_of = ${runId} and bk.state in ('applied', 'verified', 'alreadySo') and bk.call - 'verb' = k.call - 'verb') as given_back,
      exists (select 1 from access x join resource r on r.id = x.resource_id where x.account_id = i.account_id and x.last_on >= ${countsFrom}::date
        and (k.call ? 'directoryName' or k.call ->> 'resourceId' = r.vendor_id or exists (select 1 from group_grant h where h.group_id = g.id and h.resource_id = x.resource_id))) as used
    from run_call k join run_item i on i.id = k.run_item_id
    left join account_group g on g.realm_id = ${realmId} and g.vendor_id = k.call ->> 'groupId'
    where k.run_id = ${runId} and k.state in ('applied', 'verified', 'uncertain', 'intent')`.execute(trx);
  await sql`create index on undone (account_id)`.execute(trx);
}

/** The call has an opposite that was not made yet, and what it speaks of is there to be given back. */
const doable = sql`(u.inverse is not null and not u.given_back and (not (u.call ? 'groupId') or (u.group_there and u.modifiable)))`;
const gives = sql`(u.inverse in ('addToGroup', 'assignRole', 'restoreAccess') and ${doable})`;
const takes = sql`(u.inverse in ('removeFromGroup', 'revokeRole', 'suspendAccess') and ${doable})`;
