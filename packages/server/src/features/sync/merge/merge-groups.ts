import { sharedWork } from '../../../db/index.ts';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { observedSince } from './merge-context.ts';
import { roughStatistics } from './fresh-statistics.ts';
import type { MergeContext, MergeCounts, RealmContext } from './merge-context.ts';

/** Groups, what they grant, and who is in them. Each part writes only what differs. */
export async function mergeGroups(context: RealmContext): Promise<MergeCounts> {
  await mergeGroupRows(context);
  await mergeGrants(context);
  return mergeMembers(context);
}

async function mergeGroupRows({ trx, sync, now }: MergeContext): Promise<void> {
  const { realmId } = sync.source;
  await sql`
    insert into account_group (workspace_id, realm_id, directory_id, vendor_id, name, description, managed_by, modifiable)
    select distinct on (s.vendor_id) ${sync.workspaceId}::integer, ${realmId}::integer, d.id, s.vendor_id, s.name, s.description, s.managed_by, s.modifiable
    from staged_group s left join directory d on d.realm_id = ${realmId} and d.vendor_id = s.directory_vendor_id
    where s.sync_id = ${sync.id} order by s.vendor_id, s.modifiable
    on conflict (realm_id, vendor_id) do update set directory_id = excluded.directory_id, name = excluded.name, description = excluded.description,
      managed_by = excluded.managed_by, modifiable = excluded.modifiable, gone_at = null
    where (account_group.directory_id, account_group.name, account_group.description, account_group.managed_by, account_group.modifiable, account_group.gone_at)
      is distinct from (excluded.directory_id, excluded.name, excluded.description, excluded.managed_by, excluded.modifiable, null)`.execute(trx);
  const { rows } = await sql<{ vendor_id: string }>`
    select g.vendor_id from account_group g where g.realm_id = ${realmId} and g.gone_at is null
      and not exists (select 1 from staged_group s where s.sync_id = ${sync.id} and s.vendor_id = g.vendor_id)`.execute(trx);
  if (rows.length > 0) await endGroups({ trx, sync, now }, rows.map((row) => row.vendor_id));
}

/** Pages of groups shift too: one that an account says it is a member of is there, whatever the list left out. It keeps what it granted. */
async function endGroups({ trx, sync, now }: Pick<MergeContext, 'trx' | 'sync' | 'now'>, unlisted: readonly string[]): Promise<void> {
  await sql`
    update account_group set gone_at = ${now} where realm_id = ${sync.source.realmId} and gone_at is null and vendor_id = any(${[...unlisted]}::text[])
      and vendor_id <> all(array(select distinct group_vendor_id from staged_member where sync_id = ${sync.id} and group_vendor_id = any(${[...unlisted]}::text[])))`.execute(trx);
}

async function mergeGrants({ trx, sync }: MergeContext): Promise<void> {
  const { realmId } = sync.source;
  await sql`
    create temp table merged_grant on commit drop as
    select distinct g.id as group_id, s.resource_vendor_id, r.id as resource_id, s.role
    from staged_grant s
    join account_group g on g.realm_id = ${realmId} and g.vendor_id = s.group_vendor_id
    left join resource r on r.realm_id = ${realmId} and r.vendor_id = s.resource_vendor_id
    where s.sync_id = ${sync.id}`.execute(trx);
  await sql`
    delete from group_grant h using account_group g
    where g.id = h.group_id and g.realm_id = ${realmId}
      and (g.gone_at is not null or exists (select 1 from staged_group s where s.sync_id = ${sync.id} and s.vendor_id = g.vendor_id))
      and not exists (select 1 from merged_grant m where (m.group_id, m.resource_vendor_id, m.role) = (h.group_id, h.resource_vendor_id, h.role))`.execute(trx);
  await sql`
    insert into group_grant (workspace_id, group_id, resource_vendor_id, resource_id, role)
    select ${sync.workspaceId}::integer, group_id, resource_vendor_id, resource_id, role from merged_grant
    on conflict (group_id, resource_vendor_id, role) do update set resource_id = excluded.resource_id
    where group_grant.resource_id is distinct from excluded.resource_id`.execute(trx);
}

/** Who is in which group: only what differs is written, and mostly that is little of millions. */
async function mergeMembers(context: RealmContext): Promise<MergeCounts> {
  const { trx, sync, isEmpty } = context;
  const { realmId } = sync.source;
  const read = sql`
    select a.id as account_id, g.id as group_id
    from staged_member s
    join account a on a.realm_id = ${realmId} and a.vendor_id = s.account_vendor_id
    join account_group g on g.realm_id = ${realmId} and g.vendor_id = s.group_vendor_id
    where s.sync_id = ${sync.id} and not ${isEmpty ? sql`false` : observedSince(context, sql`a.id`)}`;
  const insert = (members: RawBuilder<unknown>) => sql`
    insert into group_member (workspace_id, account_id, group_id) select distinct ${sync.workspaceId}::integer, account_id, group_id from ${members}`.execute(trx);
  if (isEmpty) return { membershipsRemoved: 0, membershipsAdded: Number((await insert(sql`(${read}) as m`)).numAffectedRows ?? 0n) };
  await sharedWork(trx, () => sql`
    create temp table differing_member on commit drop as
    select h.account_id is null as added, coalesce(m.account_id, h.account_id) as account_id, coalesce(m.group_id, h.group_id) as group_id
    from (${read}) as m
    full join (select n.account_id, n.group_id from group_member n join account_group g on g.id = n.group_id where g.realm_id = ${realmId}) as h
      on h.account_id = m.account_id and h.group_id = m.group_id
    where h.account_id is null or m.account_id is null`.execute(trx));
  await roughStatistics(trx, ['differing_member']);
  const removed = await sql`
    delete from group_member h using differing_member d, account_group g, account a
    where not d.added and h.account_id = d.account_id and h.group_id = d.group_id and g.id = h.group_id and a.id = h.account_id
      -- Of an account that was neither read nor found to be gone nothing is known anew.
      and (a.gone_at is not null or g.gone_at is not null or exists (select 1 from merged_account q where q.account_id = a.id))`.execute(trx);
  const added = await insert(sql`differing_member where added`);
  return { membershipsRemoved: Number(removed.numAffectedRows ?? 0n), membershipsAdded: Number(added.numAffectedRows ?? 0n) };
}
