import { keepCounts } from '../../sync/index.ts';
import { sql } from 'kysely';
import type { Database } from '../../../db/index.ts';
import type { Call } from '@rollcall/connectors/kit';
import type { CivilDate } from '@rollcall/core';
import type { OpenItem as WholeItem, OpenRun } from './run-record.ts';
import type { Transaction } from 'kysely';

type OpenItem = Pick<WholeItem, 'accountId' | 'resourceIds'>;

export interface RunOfChange extends Pick<OpenRun, 'workspaceId' | 'action' | 'isUndo'> {
  readonly source: Pick<OpenRun['source'], 'realmId'>;
}

/**
 * Brings the inventory to what an item changed, so that the next look and the next plan start from there and not from the last sync; the counts by day follow. `whole`: the item did all it was
 * to do, and no path to its apps is left.
 */
export async function takeIntoInventory(trx: Transaction<Database>, run: RunOfChange, item: OpenItem, calls: readonly Call[], today: CivilDate, whole: boolean): Promise<void> {
  await keepCounts(trx, { accountId: item.accountId, realmId: run.source.realmId }, () => takeCalls(trx, run, item, calls, today, whole));
}

async function takeCalls(trx: Transaction<Database>, run: RunOfChange, item: OpenItem, calls: readonly Call[], today: CivilDate, whole: boolean): Promise<void> {
  const realm = run.source.realmId;
  for (const call of calls) await takeCall(trx, realm, run.workspaceId, item, call, today);
  if (whole && run.action === 'remove-app-access' && !run.isUndo && item.resourceIds.length > 0) {
    await sql`update access set holding = 'none', ended_on = ${today}::date where account_id = ${item.accountId} and resource_id = any(${[...item.resourceIds]}::integer[]) and holding <> 'none'`.execute(trx);
  }
  await endUngranted(trx, item, calls, today);
}

async function takeCall(trx: Transaction<Database>, realm: number, workspaceId: number, item: OpenItem, call: Call, today: CivilDate): Promise<void> {
  switch (call.verb) {
    case 'removeFromGroup':
      await sql`delete from group_member m using account_group g where g.id = m.group_id and g.realm_id = ${realm} and g.vendor_id = ${call.groupId} and m.account_id = ${item.accountId}`.execute(trx);
      return;
    case 'addToGroup':
      await sql`insert into group_member (workspace_id, group_id, account_id) select ${workspaceId}::integer, g.id, ${item.accountId}::bigint from account_group g where g.realm_id = ${realm} and g.vendor_id = ${call.groupId} on conflict do nothing`.execute(trx);
      await gain(trx, workspaceId, item, sql`select h.resource_id from account_group g join group_grant h on h.group_id = g.id where g.realm_id = ${realm} and g.vendor_id = ${call.groupId} and h.resource_id is not null`, today);
      return;
    case 'revokeRole':
      await sql`delete from direct_role where account_id = ${item.accountId} and resource_vendor_id = ${call.resourceId} and role = ${call.role} and method = 'direct'`.execute(trx);
      return;
    case 'assignRole':
      await sql`
        insert into direct_role (workspace_id, account_id, resource_vendor_id, resource_id, role, method, read_at)
        select ${workspaceId}::integer, ${item.accountId}::bigint, r.vendor_id, r.id, ${call.role}, 'direct', now() from resource r where r.realm_id = ${realm} and r.vendor_id = ${call.resourceId} on conflict do nothing`.execute(trx);
      await gain(trx, workspaceId, item, sql`select r.id as resource_id from resource r where r.realm_id = ${realm} and r.vendor_id = ${call.resourceId}`, today);
      return;
    case 'suspendAccess':
    case 'restoreAccess':
    case 'removeFromDirectory':
      await takeDirectory(trx, realm, item, call.verb, call.directoryId, today);
  }
}

async function takeDirectory(trx: Transaction<Database>, realm: number, item: OpenItem, verb: 'suspendAccess' | 'restoreAccess' | 'removeFromDirectory', directoryVendorId: string, today: CivilDate): Promise<void> {
  const one = sql`(select d.id from directory d where d.realm_id = ${realm} and d.vendor_id = ${directoryVendorId})`;
  switch (verb) {
    case 'suspendAccess':
      await sql`update account set suspended_directory_ids = array_append(array_remove(suspended_directory_ids, ${one}), ${one}) where id = ${item.accountId}`.execute(trx);
      await sql`update account set status = 'suspended' where id = ${item.accountId} and directory_ids <@ suspended_directory_ids`.execute(trx);
      return;
    case 'restoreAccess':
      await sql`update account set suspended_directory_ids = array_remove(suspended_directory_ids, ${one}), status = case status when 'suspended' then 'active' else status end, restored_on = ${today}::date where id = ${item.accountId}`.execute(trx);
      await sql`update access set clock_on = greatest(clock_on, ${today}::date) where account_id = ${item.accountId}`.execute(trx);
      return;
    case 'removeFromDirectory':
      await sql`update account set directory_ids = array_remove(directory_ids, ${one}), suspended_directory_ids = array_remove(suspended_directory_ids, ${one}) where id = ${item.accountId}`.execute(trx);
      await sql`update account set status = 'not_invited' where id = ${item.accountId} and directory_ids = '{}'`.execute(trx);
      await sql`update access set holding = 'none', ended_on = ${today}::date where account_id = ${item.accountId} and holding <> 'none' and exists (select 1 from account a where a.id = ${item.accountId} and a.directory_ids = '{}')`.execute(trx);
  }
}

async function gain(trx: Transaction<Database>, workspaceId: number, item: OpenItem, resources: ReturnType<typeof sql>, today: CivilDate): Promise<void> {
  await sql`
    insert into access (workspace_id, account_id, resource_id, holding, last_kind, unknown_why, granted_on, clock_on)
    select distinct on (got.resource_id) ${workspaceId}::integer, ${item.accountId}::bigint, got.resource_id, 'has', 'unknown', 'notRead', ${today}::date, ${today}::date from (${resources}) as got
    on conflict (account_id, resource_id) do update set holding = 'has', ended_on = null, granted_on = ${today}::date, clock_on = greatest(access.clock_on, ${today}::date)
    where access.holding <> 'has'`.execute(trx);
}

/** Other apps that went with a shared group: an access that no group and no role explains any more has ended. */
async function endUngranted(trx: Transaction<Database>, item: OpenItem, calls: readonly Call[], today: CivilDate): Promise<void> {
  const groups = calls.flatMap((call) => (call.verb === 'removeFromGroup' ? [call.groupId] : []));
  if (groups.length === 0) return;
  await sql`
    update access x set holding = 'none', ended_on = ${today}::date
    where x.account_id = ${item.accountId} and x.holding <> 'none'
      and exists (select 1 from group_grant h join account_group g on g.id = h.group_id join account a on a.id = x.account_id and a.realm_id = g.realm_id where g.vendor_id = any(${[...groups]}::text[]) and h.resource_id = x.resource_id)
      and not exists (select 1 from group_member m join group_grant h on h.group_id = m.group_id where m.account_id = x.account_id and h.resource_id = x.resource_id)
      and not exists (select 1 from direct_role d where d.account_id = x.account_id and d.resource_id = x.resource_id)`.execute(trx);
}
