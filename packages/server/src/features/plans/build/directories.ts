import { sql } from 'kysely';
import { writeItems } from './write-items.ts';
import type { ItemRules } from './write-items.ts';
import type { PlanBuild } from './plan-build.ts';

/** What a person holds, for actions on the whole account: the apps that are cut, and whether any is in use. */
async function sumHeld(build: PlanBuild): Promise<void> {
  const visible = build.visibleResources === null ? sql`true` : sql`x.resource_id = any(${[...build.visibleResources]}::integer[])`;
  await sql`
    create temp table held on commit drop as
    select c.account_id, bool_or(not (${build.unused})) as in_use, array_agg(x.resource_id order by x.resource_id) as resource_ids,
      bool_or(x.clock_on >= ${build.countsFrom}::date) as clock_in_period, max(x.clock_on) as clock_on,
      jsonb_agg(case when ${visible} then jsonb_build_object('code', 'losesApp', 'app', r.app, 'site', r.site, 'inUse', not (${build.unused}), 'lastOn', x.last_on, 'lastKind', x.last_kind)
        else jsonb_build_object('code', 'losesHiddenApp', 'inUse', not (${build.unused})) end order by x.resource_id) as effects
    from candidate c join account a on a.id = c.account_id join access x on x.account_id = c.account_id and x.holding <> 'none' join resource r on r.id = x.resource_id
    group by c.account_id`.execute(build.trx);
  await sql`create unique index on held (account_id)`.execute(build.trx);
}

/** One call per directory, as JSON, over alias `a`; `from` are the directory ids it is made for. */
const callsIn = (verb: string, from: ReturnType<typeof sql>) => sql`coalesce((
  select jsonb_agg(jsonb_build_object('verb', ${verb}::text, 'directoryId', d.vendor_id, 'directoryName', d.name) order by d.id)
  from directory d where d.id = any(${from})), '[]'::jsonb)`;

const notSuspended = sql`array(select one from unnest(a.directory_ids) as one where one <> all(a.suspended_directory_ids))`;

const wholeAccount = (build: PlanBuild): Pick<ItemRules, 'joins' | 'looks' | 'reasonData' | 'resourceIds' | 'givesBack'> => ({
  joins: sql`left join held h on h.account_id = c.account_id`,
  // A plan about inactivity never cuts an app in use; a plan about something else (a domain, rows chosen by hand) names what it cuts.
  looks: sql`when ${build.restsOnInactivity} and h.clock_in_period then 'clockStartedInPeriod' when ${build.restsOnInactivity} and h.in_use then 'wouldCutAppInUse'`,
  reasonData: sql`case when h.clock_in_period then jsonb_build_object('clockOn', h.clock_on) end`,
  resourceIds: sql`coalesce(h.resource_ids, '{}')`,
  givesBack: false,
});

export async function planSuspend(build: PlanBuild): Promise<void> {
  await sumHeld(build);
  await writeItems(build, {
    ...wholeAccount(build),
    skips: sql`when a.status in ('deactivated', 'for_deletion') then 'notActive' when a.directory_ids = '{}' then 'notInDirectory' when a.directory_ids <@ a.suspended_directory_ids then 'alreadySuspended'`,
    calls: callsIn('suspendAccess', notSuspended),
    sideEffects: sql`coalesce(h.effects, '[]'::jsonb)`,
    actReason: build.restsOnInactivity ? 'notUsedInPeriod' : 'matches',
  });
}

export async function planRemoveFromOrganisation(build: PlanBuild): Promise<void> {
  await sumHeld(build);
  await writeItems(build, {
    ...wholeAccount(build),
    skips: sql`when a.directory_ids = '{}' then 'notInDirectory'`,
    calls: callsIn('removeFromDirectory', sql`a.directory_ids`),
    sideEffects: sql`coalesce(h.effects, '[]'::jsonb) || '[{"code": "mustBeInvitedAgain"}]'::jsonb`,
    actReason: build.restsOnInactivity ? 'notUsedInPeriod' : 'matches',
  });
}

export async function planRestore(build: PlanBuild): Promise<void> {
  await writeItems(build, {
    joins: sql``,
    looks: sql``,
    reasonData: sql`null::jsonb`,
    resourceIds: sql`'{}'::integer[]`,
    givesBack: true,
    skips: sql`when a.status in ('deactivated', 'for_deletion') then 'notActive' when a.suspended_directory_ids = '{}' then 'notSuspended'`,
    calls: callsIn('restoreAccess', sql`a.suspended_directory_ids`),
    sideEffects: sql`'[{"code": "takesSeatsAgain"}]'::jsonb`,
    actReason: 'matches',
  });
}
