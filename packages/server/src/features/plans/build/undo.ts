import { sql } from 'kysely';
import type { PlanBuild } from './plan-build.ts';

/**
 * The rows of an undo plan: for each person of the run, the opposite of every call that took effect (or can have), in reverse order. Caps and freshness do not
 * hold giving back. Skipped with the reason: accounts and groups that are gone, what the vendor cannot give back, what is so already. Groups that grant administration
 * today are held for a look.
 */
export async function writeUndoItems(build: PlanBuild, runId: string): Promise<void> {
  const { trx } = build;
  await sql`
    create temp table undone on commit drop as
    select i.account_id, k.ordinal, k.call,
      case k.call ->> 'verb' when 'removeFromGroup' then 'addToGroup' when 'addToGroup' then 'removeFromGroup' when 'revokeRole' then 'assignRole' when 'assignRole' then 'revokeRole'
        when 'suspendAccess' then 'restoreAccess' when 'restoreAccess' then 'suspendAccess' end as inverse,
      g.id as group_id, coalesce(g.grants_admin, false) as grants_admin, g.id is not null and g.gone_at is null as group_there, coalesce(g.modifiable, true) as modifiable,
      exists (select 1 from group_member m where m.group_id = g.id and m.account_id = i.account_id) as is_member
    from run_call k join run_item i on i.id = k.run_item_id
    left join account_group g on g.realm_id = ${build.source.realmId} and g.vendor_id = k.call ->> 'groupId'
    where k.run_id = ${runId} and k.state in ('applied', 'verified', 'uncertain')`.execute(trx);
  await sql`create index on undone (account_id)`.execute(trx);
  await sql`
    insert into plan_item (workspace_id, plan_id, seq, account_id, resource_ids, decision, reason, reason_data, before, calls, side_effects)
    select ${build.workspaceId}::integer, ${build.planId}::uuid, row_number() over (order by case decision when 'act' then 0 when 'look' then 1 else 2 end, sort_name, account_id),
      account_id, resource_ids, decision, reason, reason_data, before, case decision when 'skip' then '[]'::jsonb else calls end, side_effects
    from (
      select u.account_id, a.sort_name, coalesce(max(p.resource_ids), '{}') as resource_ids,
        case when a.gone_at is not null or count(*) filter (where ${doable}) = 0 then 'skip' when bool_or(u.grants_admin and ${doable}) then 'look' else 'act' end as decision,
        case when a.gone_at is not null then 'accountGone'
          when count(*) filter (where u.inverse is null) = count(*) then 'cannotBeGivenBack'
          when count(*) filter (where ${doable}) = 0 and bool_or(u.inverse in ('addToGroup', 'removeFromGroup') and not u.group_there) then 'groupGone'
          when count(*) filter (where ${doable}) = 0 and bool_or(not u.modifiable) then 'managedByIdp'
          when count(*) filter (where ${doable}) = 0 then 'alreadySo'
          when bool_or(u.grants_admin and ${doable}) then 'grantsAdministration'
          else 'givesBack' end as reason,
        null::jsonb as reason_data,
        jsonb_build_object('status', a.status, 'accesses', '[]'::jsonb) as before,
        coalesce(jsonb_agg((u.call || jsonb_build_object('verb', u.inverse)) order by u.ordinal desc) filter (where ${doable}), '[]'::jsonb) as calls,
        coalesce(jsonb_agg(jsonb_build_object('code', case when u.inverse is null then 'cannotBeGivenBack' when not u.group_there then 'groupGone' else 'managedByIdp' end, 'group', u.call ->> 'groupName', 'directory', u.call ->> 'directoryName') order by u.ordinal)
          filter (where u.inverse is null or (u.group_id is not null or u.call ? 'groupId') and (not u.group_there or not u.modifiable)), '[]'::jsonb) as side_effects
      from undone u join account a on a.id = u.account_id
      left join run_item i on i.run_id = ${runId} and i.account_id = u.account_id left join plan_item p on p.id = i.plan_item_id
      group by u.account_id, a.id, a.sort_name, a.gone_at, a.status
    ) as decided`.execute(trx);
}

/** The call has an opposite, and what it speaks of is there to be given back. */
const doable = sql`(u.inverse is not null and (not (u.call ? 'groupId') or (u.group_there and u.modifiable and (u.inverse <> 'addToGroup' or not u.is_member))))`;
