import { givesAccess, isAdminRole } from '@rollcall/connectors/atlassian-org';
import type { Observation } from '@rollcall/connectors/kit';
import type { CivilDate } from '@rollcall/core';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Database } from '../../db/index.ts';
import { keepCounts, noteObserved } from '../sync/index.ts';
import { takeAccesses } from './take-accesses.ts';

export interface ObservedAccount {
  readonly accountId: number;
  readonly workspaceId: number;
  readonly realmId: number;
  readonly sourceId: string;
  readonly keyOwner: string | null;
  /** When the vendor was asked. */
  readonly now: Date;
  /** The day of the observation in the source's time zone. */
  readonly today: CivilDate;
  /** The run that asked; null: a person did. */
  readonly runId: string | null;
}

type Take = { readonly trx: Transaction<Database>; readonly of: ObservedAccount; readonly seen: Observation };

/**
 * Brings the rows of one account to what the vendor says now. What the vendor gave no answer about stays as it is: null is not empty. An
 * account that the vendor no longer knows is gone, with its accesses ended. A reading that was begun before does not turn it back, nor does it turn back a later answer.
 */
export async function takeObservation(trx: Transaction<Database>, of: ObservedAccount, seen: Observation): Promise<void> {
  await keepCounts(trx, of, async () => {
    if (!(await isLatestWord(trx, of))) return;
    await takeRows({ trx, of, seen });
    await noteObserved(trx, { accountId: of.accountId, workspaceId: of.workspaceId, at: of.now, runId: of.runId });
  });
}

/** Nobody was answered about the account since, and a source still brings it. */
async function isLatestWord(trx: Transaction<Database>, of: ObservedAccount): Promise<boolean> {
  const { rows } = await sql<{ latest: boolean }>`
    select not exists (select from account_observation o where o.account_id = ${of.accountId} and o.observed_at > ${of.now} and o.observed_at <= clock_timestamp() + interval '5 s')
      and exists (select from source s where s.realm_id = ${of.realmId} and s.attached_to is null and s.removed_at is null) as latest`.execute(trx);
  return rows[0]?.latest === true;
}

async function takeRows(take: Take): Promise<void> {
  const { trx, of, seen } = take;
  const { rows: [before] } = await sql<{ there: boolean }>`select gone_at is null as there from account where id = ${of.accountId} for update`.execute(trx);
  if (seen.status === null) await sql`update account set gone_at = ${of.now} where id = ${of.accountId}`.execute(trx);
  else {
    await takeAccount(take);
    await takeGroups(take);
    await takeRoles(take);
    await takeProtection(take);
  }
  await takeAccesses(trx, of, { held: heldResources(seen), lastActive: seen.lastActive ?? [] });
  if (before !== undefined) await countAccount(trx, of, Number(seen.status !== null) - Number(before.there));
}

/** Adds an account that is back to the count of its realm, or takes one that is gone out of it. The next sync counts anew. */
async function countAccount(trx: Transaction<Database>, of: ObservedAccount, by: number): Promise<void> {
  if (by !== 0) await sql`insert into account_count (workspace_id, realm_id, accounts) values (${of.workspaceId}, ${of.realmId}, ${by})`.execute(trx);
}

/** Vendor ids of the resources to which some role gives access; null: the vendor did not say. */
function heldResources({ status, roles }: Observation): readonly string[] | null {
  if (status === null) return [];
  return roles === null ? null : [...new Set(roles.filter(({ role }) => givesAccess(role)).map(({ resourceId }) => resourceId))];
}

async function takeAccount({ trx, of, seen }: Take): Promise<void> {
  const directories = seen.directories?.map((one) => one.directoryId) ?? null;
  const suspended = seen.directories?.filter((one) => one.suspended).map((one) => one.directoryId) ?? null;
  const ids = (vendorIds: readonly string[] | null) => sql`(select coalesce(array_agg(d.id order by d.id), '{}') from directory d where d.realm_id = ${of.realmId} and d.vendor_id = any(${vendorIds === null ? [] : [...vendorIds]}::text[]))`;
  await sql`
    update account a set
      status = ${seen.status}::text, account_type = case when ${seen.accountType}::text = 'unknown' then a.account_type else ${seen.accountType}::text end, gone_at = null,
      platform_roles = coalesce(${seen.platformRoles === null ? null : [...seen.platformRoles]}::text[], a.platform_roles),
      directory_ids = case when ${directories === null}::boolean then a.directory_ids else ${ids(directories)} end,
      suspended_directory_ids = case when ${directories === null}::boolean then a.suspended_directory_ids else ${ids(suspended)} end,
      restored_on = case when a.status in ('suspended', 'deactivated', 'for_deletion') and ${seen.status}::text = 'active' then ${of.today}::date else a.restored_on end
    where a.id = ${of.accountId}`.execute(trx);
}

/** Memberships of groups that we know; a group made since the last sync comes with the next one. */
async function takeGroups({ trx, of, seen }: Take): Promise<void> {
  if (seen.groups === null) return;
  const groups = seen.groups.map(({ id }) => id);
  await sql`
    delete from group_member m using account_group g
    where m.account_id = ${of.accountId} and g.id = m.group_id and g.realm_id = ${of.realmId} and g.vendor_id <> all(${groups}::text[])`.execute(trx);
  await sql`
    insert into group_member (workspace_id, group_id, account_id)
    select ${of.workspaceId}::int, g.id, ${of.accountId}::bigint from account_group g where g.realm_id = ${of.realmId} and g.vendor_id = any(${groups}::text[]) and g.gone_at is null
    on conflict do nothing`.execute(trx);
}

async function takeRoles({ trx, of, seen }: Take): Promise<void> {
  if (seen.roles === null) return;
  const roles = seen.roles.flatMap(({ resourceId, role, methods }) => methods.filter((method) => method !== 'group').map((method) => ({ resourceId, role, method })));
  await sql`delete from direct_role where account_id = ${of.accountId}`.execute(trx);
  await sql`
    insert into direct_role (workspace_id, account_id, resource_vendor_id, resource_id, role, method, read_at)
    select ${of.workspaceId}::int, ${of.accountId}::bigint, s.resource, r.id, s.role, s.method, ${of.now}::timestamptz
    from unnest(${roles.map((one) => one.resourceId)}::text[], ${roles.map((one) => one.role)}::text[], ${roles.map((one) => one.method)}::text[]) as s(resource, role, method)
    left join resource r on r.realm_id = ${of.realmId} and r.vendor_id = s.resource
    on conflict do nothing`.execute(trx);
}

/** The same rule as at a sync: whom nobody may act on. */
async function takeProtection({ trx, of, seen }: Take): Promise<void> {
  const directAdmin = (seen.roles ?? []).some(({ role, methods }) => isAdminRole(role) && methods.some((method) => method !== 'group'));
  await sql`
    update account a set protected_by = case
      when a.account_type = 'app' then 'appAccount'
      when a.account_type = 'customer' then 'customerAccount'
      when a.vendor_id = ${of.keyOwner}::text or lower(a.email) = lower(${of.keyOwner}::text) then 'keyOwner'
      when a.platform_roles <> '{}' then 'platformRole'
      when ${directAdmin}::boolean or exists (select from group_member m join account_group g on g.id = m.group_id where m.account_id = a.id and g.grants_admin and g.gone_at is null) then 'adminGroup'
    end where a.id = ${of.accountId}`.execute(trx);
}
