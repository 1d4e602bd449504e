import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { Scope } from '../../app/scope.ts';
import { domainCovers } from '../exemptions/index.ts';
import { reasonSentence } from '../plans/index.ts';
import type { Allowed } from './account-facts.ts';

export interface ExemptionRow {
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  readonly endsOn: string | null;
  readonly via: string;
}

/** The exemptions in force on `day`, and through what they reach the account. A group that the asker may not see is not named. */
export async function readExemptions(db: Kysely<Database>, workspaceId: number, accountId: number, day: string, allowed: Allowed): Promise<ExemptionRow[]> {
  const { rows } = await sql<ExemptionRow>`
    select o.id, o.reason, o.owner, o.ends_on as "endsOn",
      case o.kind when 'account' then 'account' when 'domain' then 'domain ' || o.subject
        else case when ${allowed === null}::boolean or exists (select from group_grant h where h.group_id = g.id and h.resource_id = any(${[...(allowed ?? [])]}::int[])) then 'group ' || g.name else 'group' end end as via
    from account a join exemption o on o.workspace_id = a.workspace_id and o.ended_at is null and (o.ends_on is null or o.ends_on >= ${day}::date)
    left join account_group g on o.kind = 'group' and g.realm_id = o.realm_id and g.vendor_id = o.subject and g.gone_at is null
      and exists (select from group_member m where m.group_id = g.id and m.account_id = a.id)
    where a.id = ${accountId}::bigint and a.workspace_id = ${workspaceId}::int
      and (o.kind = 'account' and o.realm_id = a.realm_id and o.subject = a.vendor_id or o.kind = 'domain' and ${domainCovers(sql`o.subject`, sql`a.email_domain`)} or o.kind = 'group' and g.id is not null)
    order by o.created_at`.execute(db);
  return [...rows];
}

export interface HistoryRow {
  readonly runId: string;
  readonly action: string;
  readonly state: string;
  readonly reason: string | null;
  readonly at: Date;
  readonly undo: boolean;
}

/** What Rollcall did to the account, latest first. Who is limited to sites sees what concerned their apps. */
export async function readHistory(db: Kysely<Database>, scope: Pick<Scope, 'workspaceId' | 'sourceIds'>, accountId: number, allowed: Allowed): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow & { readonly reasonData: unknown; readonly message: string | null }>`
    select i.run_id as "runId", n.action, i.state, i.reason, i.reason_data as "reasonData", i.message, i.updated_at as at, n.undo_of is not null as undo
    from run_item i join run n on n.id = i.run_id join plan_item p on p.id = i.plan_item_id
    where i.account_id = ${accountId}::bigint and i.workspace_id = ${scope.workspaceId}::int and n.hidden_at is null
      and (${scope.sourceIds === null}::boolean or n.source_id = any(${[...(scope.sourceIds ?? [])]}::uuid[]))
      and (${allowed === null}::boolean or p.resource_ids <@ ${[...(allowed ?? [])]}::int[])
    order by i.updated_at desc, i.id desc limit 200`.execute(db);
  return rows.map(({ runId, action, state, reason, reasonData, message, at, undo }) => ({ runId, action, state, reason: message ?? (reason === null ? null : reasonSentence(reason, reasonData).text), at, undo }));
}

export interface ObservedRow {
  readonly at: Date;
  readonly runId: string | null;
}

/** When the account was last asked about by itself, where no complete reading was begun since. */
export async function readObserved(db: Kysely<Database>, accountId: number): Promise<ObservedRow | null> {
  const { rows } = await sql<ObservedRow>`
    select o.observed_at as at, o.run_id as "runId" from account_observation o join account a on a.id = o.account_id
    where o.account_id = ${accountId}::bigint and not exists (
      select from source s where s.realm_id = a.realm_id and s.attached_to is null and s.removed_at is null and s.last_full_read_at >= o.observed_at)`.execute(db);
  return rows[0] ?? null;
}
