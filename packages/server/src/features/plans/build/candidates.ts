import { sql } from 'kysely';
import { domainCovers } from '../../exemptions/index.ts';
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
      select account_id, sure from (
        select a.id as account_id, (${selection.condition.isTrue}) as sure, (${selection.condition.isFalse}) as surely_not from account a
        where ${within} and ${seen} and a.id <> all(${[...selection.except]}::bigint[])
        offset 0) as judged
      where sure or not surely_not`.execute(trx);
  }
  await sql`create unique index on candidate (account_id)`.execute(trx);
  await sql`analyze candidate`.execute(trx);
}

/** Exemptions `o` that reach candidates, by account, domain or group. Sub-domains apart: a comparison of equals stays an indexed join. */
const hits = sql`
  select c.account_id, o.* from open o join account a on o.kind = 'account' and a.realm_id = o.realm_id and a.vendor_id = o.subject join candidate c on c.account_id = a.id
  union all
  select c.account_id, o.* from open o join account a on o.kind = 'domain' and not starts_with(o.subject, '*.') and a.email_domain = o.subject join candidate c on c.account_id = a.id
  union all
  select c.account_id, o.* from candidate c join account a on a.id = c.account_id join open o on o.kind = 'domain' and starts_with(o.subject, '*.') and ${domainCovers(sql`o.subject`, sql`a.email_domain`)}
  union all
  select c.account_id, o.* from open o join account_group g on o.kind = 'group' and g.realm_id = o.realm_id and g.vendor_id = o.subject
    join group_member m on m.group_id = g.id join candidate c on c.account_id = m.account_id`;

/**
 * Who is exempt today, and by what: `exempted(account_id, reason_data, canary)`, one row each, canaries first. Whose exemption ended since the day the plan counts
 * from, by hand or by its date: `released(account_id, released_on)`; their clock began anew on that day (design.md section 6).
 */
export async function findExempted(build: PlanBuild): Promise<void> {
  const { trx, workspaceId, today, countsFrom } = build;
  await sql`
    create temp table exempted on commit drop as
    with open as (
      select * from exemption where workspace_id = ${workspaceId} and ended_at is null and (ends_on is null or ends_on >= ${today}::date)
    ),
    hits as (${hits})
    select distinct on (account_id) account_id, canary,
      jsonb_build_object('by', kind, 'label', case when kind = 'account' then null else label end, 'reason', reason, 'owner', owner, 'endsOn', ends_on) as reason_data
    from hits order by account_id, canary desc, id`.execute(trx);
  await sql`create unique index on exempted (account_id)`.execute(trx);
  await sql`
    create temp table released on commit drop as
    with open as (
      select *, least(ended_at::date, ends_on + 1) as released_on from exemption
      where workspace_id = ${workspaceId} and (ended_at is not null or ends_on < ${today}::date) and least(ended_at::date, ends_on + 1) >= ${countsFrom}::date
    ),
    hits as (${hits})
    select account_id, max(released_on) as released_on from hits group by account_id`.execute(trx);
  await sql`create unique index on released (account_id)`.execute(trx);
}
