import { sql } from 'kysely';
import type { PlanBuild } from './plan-build.ts';
import type { RawBuilder } from 'kysely';

/** What differs between actions; everything else about an item is the same for all. SQL over aliases `c` (candidate) and `a` (account). */
export interface ItemRules {
  readonly joins: RawBuilder<unknown>;
  /** `when … then '<reason>'` lines that skip, in order, after the built-in protections. */
  readonly skips: RawBuilder<unknown>;
  /** `when … then '<reason>'` lines that hold for a look. */
  readonly looks: RawBuilder<unknown>;
  /** Data for the sentence of the reason: jsonb or null. */
  readonly reasonData: RawBuilder<unknown>;
  readonly resourceIds: RawBuilder<unknown>;
  readonly calls: RawBuilder<unknown>;
  readonly sideEffects: RawBuilder<unknown>;
  /** Reason of the rows that are acted on. */
  readonly actReason: string;
  /** The action gives: administrators may be given to, app and customer accounts may not. Exempt accounts are never touched. */
  readonly givesBack: boolean;
}

/**
 * Writes the rows of a plan in one statement. Order of the rows: what is acted on, what needs a look, what is skipped; by name within.
 * Reasons are codes; sentences are made on reading.
 */
export async function writeItems(build: PlanBuild, rules: ItemRules): Promise<void> {
  const { trx } = build;
  const guarded = rules.givesBack
    ? sql`when a.protected_by in ('appAccount', 'customerAccount') then 'protected' when e.account_id is not null then 'exempt'`
    : sql`when a.protected_by is not null then 'protected' when e.account_id is not null then 'exempt'`;
  const held = rules.givesBack ? sql`` : sql`when a.looks_like_service then 'serviceAccount' when ${build.restsOnInactivity} and z.account_id is not null then 'clockStartedInPeriod'`;
  await rememberAccesses(build);
  await sql`
    insert into plan_item (workspace_id, plan_id, seq, account_id, resource_ids, decision, reason, reason_data, before, calls, side_effects)
    select ${build.workspaceId}::integer, ${build.planId}::uuid, row_number() over (order by case decision when 'act' then 0 when 'look' then 1 else 2 end, sort_name, account_id),
      account_id, resource_ids, decision, reason,
      case reason when 'exempt' then exemption_data when 'protected' then jsonb_build_object('by', protected_by) when 'clockStartedInPeriod' then coalesce(reason_data, jsonb_build_object('clockOn', released_on)) else reason_data end,
      before, case when decision = 'act' or reason in ('wouldCutAppInUse', 'managedByIdp', 'serviceAccount') then calls else '[]'::jsonb end, side_effects
    from (
      select judged.*, case when judged.skip is not null then 'skip' when judged.look is not null then 'look' else 'act' end as decision,
        coalesce(judged.skip, judged.look, ${rules.actReason}) as reason
      from (
        select c.account_id, a.sort_name, a.protected_by, e.reason_data as exemption_data, z.released_on,
          case ${guarded} ${rules.skips} end as skip,
          case when not c.sure then 'activityUnknown' ${held} ${rules.looks} end as look,
          ${rules.reasonData} as reason_data, ${rules.resourceIds} as resource_ids, ${rules.calls} as calls, ${rules.sideEffects} as side_effects,
          ${before} as before
        from candidate c join account a on a.id = c.account_id left join known w on w.account_id = c.account_id left join exempted e on e.account_id = c.account_id left join released z on z.account_id = c.account_id
        ${rules.joins}
      ) as judged
    ) as decided`.execute(trx);
}

/** `known(account_id, accesses)`: the last activity of every app that a candidate holds. Apart and in the order of the accounts, as the rows lie on the disk. */
async function rememberAccesses({ trx, visibleResources }: PlanBuild): Promise<void> {
  const visible = visibleResources === null ? sql`` : sql`and x.resource_id = any(${[...visibleResources]}::integer[])`;
  await sql`
    create temp table known on commit drop as
    select x.account_id, jsonb_agg(jsonb_build_array(x.resource_id, x.last_kind, x.last_on, x.known_through, x.clock_on) order by x.resource_id) as accesses
    from candidate c join access x on x.account_id = c.account_id
    where x.holding <> 'none' ${visible} group by x.account_id`.execute(trx);
  await sql`analyze known`.execute(trx);
}

/** What was known when the plan was made: status, directories and the last activity of every app the person holds. */
const before: RawBuilder<unknown> = sql`jsonb_build_object('status', a.status, 'directories', a.directory_ids, 'suspendedIn', a.suspended_directory_ids,
  'accesses', coalesce(w.accesses, '[]'::jsonb))`;
