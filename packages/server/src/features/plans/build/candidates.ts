import { sql } from 'kysely';
import type { PlanBuild } from './plan-build.ts';

/**
 * Whom the plan is about: `candidate(account_id, sure)`. Accounts about which the query says neither true nor false are in it with `sure = false`: they
 * are held for a look, never acted on and never silently left out.
 */
export async function chooseCandidates(build: PlanBuild): Promise<void> {
  const { trx, selection } = build;
  const within = sql`a.workspace_id = ${build.workspaceId} and a.realm_id = ${build.source.realmId} and a.gone_at is null`;
  const seen = build.visibleResources === null ? sql`true` : sql`exists (select 1 from access v where v.account_id = a.id and v.holding <> 'none' and v.resource_id = any(${[...build.visibleResources]}))`;
  if (selection.kind === 'accounts') {
    await sql`create temp table candidate on commit drop as
      select a.id as account_id, true as sure from account a where ${within} and ${seen} and a.id = any(${[...selection.accountIds]}::bigint[])`.execute(trx);
  } else {
    await sql`create temp table candidate on commit drop as
      select a.id as account_id, (${selection.condition.isTrue}) as sure from account a
      where ${within} and ${seen} and ((${selection.condition.isTrue}) or not (${selection.condition.isFalse}))
        and a.id <> all(${[...selection.except]}::bigint[])`.execute(trx);
  }
  await sql`create unique index on candidate (account_id)`.execute(trx);
  await sql`analyze candidate`.execute(trx);
}

/** Who is exempt today, and by what: `exempted(account_id, reason_data, canary)`, one row each, canaries first. */
export async function findExempted(build: PlanBuild): Promise<void> {
  const { trx, workspaceId, today } = build;
  await sql`
    create temp table exempted on commit drop as
    with open as (
      select * from exemption where workspace_id = ${workspaceId} and ended_at is null and (ends_on is null or ends_on >= ${today}::date)
    ),
    hits as (
      select c.account_id, o.* from open o join account a on o.kind = 'account' and a.realm_id = o.realm_id and a.vendor_id = o.subject join candidate c on c.account_id = a.id
      union all
      select c.account_id, o.* from open o join account a on o.kind = 'domain' and a.email_domain = o.subject join candidate c on c.account_id = a.id
      union all
      select c.account_id, o.* from open o join account_group g on o.kind = 'group' and g.realm_id = o.realm_id and g.vendor_id = o.subject
        join group_member m on m.group_id = g.id join candidate c on c.account_id = m.account_id
    )
    select distinct on (account_id) account_id, canary,
      jsonb_build_object('by', kind, 'label', case when kind = 'account' then null else label end, 'reason', reason, 'owner', owner, 'endsOn', ends_on) as reason_data
    from hits order by account_id, canary desc, id`.execute(trx);
  await sql`create unique index on exempted (account_id)`.execute(trx);
}
