import { serviceWords } from '../service-words.ts';
import { sharedWork } from '../../../db/index.ts';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { observedSince } from './merge-context.ts';
import { roughStatistics } from './fresh-statistics.ts';
import type { MergeContext, MergeCounts, RealmContext } from './merge-context.ts';

/** Rows of a file that disagree about an account leave it unknown; directories may differ, and the one that lets it in counts. */
function agreedInFile(context: MergeContext, value: RawBuilder<unknown>, otherwise: RawBuilder<unknown>): RawBuilder<unknown> {
  return context.sync.source.kind === 'csv' ? sql`case when min(${value}) = max(${value}) then min(${value}) else 'unknown' end` : otherwise;
}

/** One row per account out of the staged ones: a person stands in several directories, and pages can shift while they are read. */
const grouped = (context: MergeContext) => sql`
  select s.vendor_id,
    ${agreedInFile(context, sql`s.account_type`, sql`(array_agg(s.account_type order by s.account_type))[1]`)} as account_type,
    ${agreedInFile(context, sql`s.status`, sql`(array_agg(s.status order by case s.status when 'active' then 0 when 'suspended' then 1 when 'deactivated' then 2 else 3 end))[1]`)} as status,
    (array_agg(s.claim order by case s.claim when 'managed' then 0 when 'unmanaged' then 1 else 2 end))[1] as claim,
    max(s.name) as name, max(s.email) as email, max(s.management_source) as management_source,
    coalesce(min(p.roles), '{}') as platform_roles,
    coalesce(array_agg(distinct d.id) filter (where d.id is not null), '{}') as directory_ids,
    coalesce(array_agg(distinct d.id) filter (where d.id is not null and s.directory_suspended), '{}') as suspended_directory_ids,
    (array_agg(s.details order by length(s.details::text) desc))[1] as details,
    max(s.added_on) as added_on
  from staged_account s
  left join directory d on d.realm_id = ${context.sync.source.realmId} and d.vendor_id = s.directory_vendor_id
  left join (
    select r.vendor_id, array_agg(distinct role order by role) as roles from staged_account r, unnest(r.platform_roles) as role
    where r.sync_id = ${context.sync.id} and r.platform_roles <> '{}' group by r.vendor_id
  ) as p on p.vendor_id = s.vendor_id
  where s.sync_id = ${context.sync.id}
  group by s.vendor_id`;

/** The same when every account was staged once: no grouping, which is most of the work at a million accounts. */
const ungrouped = (context: MergeContext) => sql`
  select s.vendor_id, s.account_type, s.status, s.claim, s.name, s.email, s.management_source, s.platform_roles,
    case when d.id is null then '{}'::integer[] else array[d.id] end as directory_ids,
    case when d.id is not null and s.directory_suspended then array[d.id] else '{}'::integer[] end as suspended_directory_ids,
    s.details, s.added_on
  from staged_account s
  left join directory d on d.realm_id = ${context.sync.source.realmId} and d.vendor_id = s.directory_vendor_id
  where s.sync_id = ${context.sync.id}`;

const columnNames = [
  'account_type', 'status', 'claim', 'name', 'email', 'management_source', 'platform_roles', 'directory_ids', 'suspended_directory_ids', 'details', 'added_on',
] as const;
const columns = sql.raw(columnNames.join(', '));

/** What an account's row becomes: a reading that does not say when the account was added takes nothing away. */
const wanted = sql.join(columnNames.map((name) => (name === 'added_on' ? sql`coalesce(m.added_on, a.added_on)` : sql.ref(`m.${name}`))));

const derived = sql`
  lower(coalesce(nullif(m.name, ''), nullif(m.email, ''), m.vendor_id)),
  lower(coalesce(m.email, '')),
  lower(concat_ws(' ', m.name, m.email, m.vendor_id)),
  lower(nullif(split_part(coalesce(m.email, ''), '@', 2), '')),
  lower(concat_ws(' ', m.name, split_part(coalesce(m.email, ''), '@', 1))) ~ ${sql.lit(serviceWords)}`;

/** Brings the account rows of the realm to what was read: changed rows updated, missing ones inserted, vanished ones marked gone. */
export async function mergeAccounts(context: RealmContext): Promise<MergeCounts> {
  const { trx, sync } = context;
  const duplicates = await sql<{ some: boolean }>`
    select count(*) > count(distinct vendor_id) as some from staged_account where sync_id = ${sync.id}`.execute(trx);
  await prepare(context, duplicates.rows[0]?.some === true ? grouped(context) : ungrouped(context));
  if (!context.isEmpty) await leaveObserved(context);
  await roughStatistics(trx, ['merged_account']);
  if (context.isEmpty) {
    return { accountsChanged: 0, accountsAdded: await insertMissing(context), accountsGone: 0 };
  }
  const changed = await updateChanged(context);
  const inserted = await insertMissing(context);
  const gone = await markGone(context);
  return { accountsChanged: changed, accountsAdded: inserted, accountsGone: gone };
}

/** What was read, with the account that it is about (null: not known yet) and whether it says anything new: millions of names are compared once. */
async function prepare({ trx, sync, isEmpty }: RealmContext, read: RawBuilder<unknown>): Promise<void> {
  const unknown = sql`create temp table merged_account on commit drop as select m.*, null::bigint as account_id, false as changed from (${read}) as m`;
  const compared = sql`
    create temp table merged_account on commit drop as
    select m.*, a.id as account_id,
      a.id is not null and (a.gone_at is not null or (${sql.join(columnNames.map((name) => sql.ref(`a.${name}`)))}) is distinct from (${wanted})) as changed
    from (${read}) as m left join account a on a.realm_id = ${sync.source.realmId} and a.vendor_id = m.vendor_id`;
  await sharedWork(trx, () => (isEmpty ? unknown : compared).execute(trx));
}

/** Who was asked about by themselves since the reading was begun stays as the vendor said then. */
async function leaveObserved(context: RealmContext): Promise<void> {
  await sql`delete from merged_account m where m.account_id is not null and ${observedSince(context, sql`m.account_id`)}`.execute(context.trx);
}

async function updateChanged({ trx, today }: MergeContext): Promise<number> {
  const result = await sql`
    update account a set
      (${columns}) = row(${wanted}),
      (sort_name, sort_email, search_text, email_domain, looks_like_service) = row(${derived}),
      restored_on = case when a.status in ('suspended', 'deactivated', 'for_deletion') and m.status = 'active' then ${today}::date else a.restored_on end,
      gone_at = null
    from merged_account m
    where m.changed and a.id = m.account_id`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

async function insertMissing({ trx, sync }: RealmContext): Promise<number> {
  const result = await sql`
    insert into account (workspace_id, realm_id, vendor_id, ${columns}, sort_name, sort_email, search_text, email_domain, looks_like_service)
    select ${sync.workspaceId}, ${sync.source.realmId}, m.vendor_id, m.account_type, m.status, m.claim, m.name, m.email, m.management_source, m.platform_roles,
      m.directory_ids, m.suspended_directory_ids, m.details, m.added_on, ${derived}
    from merged_account m
    where m.account_id is null`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/**
 * Missing from a file, or from a reading that a person took, is gone. Missing from lists that were read page by page is not enough, since pages shift:
 * the account must have been asked about by itself (the step `missing`, ADR 16).
 */
async function markGone(context: RealmContext): Promise<number> {
  const { trx, sync, now } = context;
  const asked = sync.source.kind === 'csv' || sync.progress.confirmed ? sql`true`
    : sql`exists (select 1 from sync_step p where p.sync_id = ${sync.id} and p.step = 'missing' and p.scope = a.vendor_id and p.done)`;
  const result = await sql`
    update account a set gone_at = ${now}
    where a.realm_id = ${sync.source.realmId} and a.gone_at is null and ${asked} and not ${observedSince(context, sql`a.id`)}
      and not exists (select 1 from merged_account m where m.account_id = a.id)`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}
