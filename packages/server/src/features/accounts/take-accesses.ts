import type { CivilDate } from '@rollcall/core';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { ObservedAccount } from './take-observation.ts';

export interface ObservedAccesses {
  /** Vendor ids of the apps on sites that the account holds; null: not known. */
  readonly held: readonly string[] | null;
  readonly lastActive: readonly { readonly resourceId: string; readonly on: CivilDate }[];
}

/** Takes over who holds which app and when it was last used. */
export async function takeAccesses(trx: Transaction<Database>, of: ObservedAccount, { held, lastActive }: ObservedAccesses): Promise<void> {
  if (held !== null) await takeHolding(trx, of, held);
  for (const { resourceId, on } of lastActive) await takeDay(trx, of, resourceId, on);
}

/** What is granted again starts its clock today; what is not held any more ends and stays as history. */
async function takeHolding(trx: Transaction<Database>, of: ObservedAccount, held: readonly string[]): Promise<void> {
  const vendorIds = sql`${[...held]}::text[]`;
  await sql`
    update access x set holding = 'none', ended_on = ${of.today}::date from resource r
    where x.account_id = ${of.accountId} and r.id = x.resource_id and r.realm_id = ${of.realmId} and x.holding <> 'none' and r.vendor_id <> all(${vendorIds})`.execute(trx);
  await sql`
    insert into access (workspace_id, account_id, resource_id, holding, last_kind, unknown_why, granted_on, clock_on)
    select ${of.workspaceId}::int, ${of.accountId}::bigint, r.id, 'has', 'unknown', 'notRead', ${of.today}::date, ${of.today}::date
    from resource r where r.realm_id = ${of.realmId} and r.vendor_id = any(${vendorIds})
    on conflict (account_id, resource_id) do update set holding = 'has', ended_on = null,
      granted_on = case when access.holding = 'none' then ${of.today}::date else access.granted_on end,
      clock_on = case when access.holding = 'none' then greatest(access.clock_on, ${of.today}::date) else access.clock_on end
    where access.holding <> 'has'`.execute(trx);
}

/** A day that is not earlier than the known one: known through today. An earlier one proves nothing new. */
async function takeDay(trx: Transaction<Database>, of: ObservedAccount, resourceVendorId: string, on: CivilDate): Promise<void> {
  await sql`
    insert into evidence (workspace_id, source_id, kind, read_at) values (${of.workspaceId}, ${of.sourceId}, 'observed', ${of.now})
    on conflict (source_id, kind) do update set read_at = excluded.read_at`.execute(trx);
  await sql`
    with changed as (
      update access x set last_kind = 'at', last_on = ${on}::date, last_at = case when x.last_on = ${on}::date then x.last_at end, unknown_why = null,
        evidence_id = (select id from evidence where source_id = ${of.sourceId} and kind = 'observed'), known_through = ${of.today}::date
      from resource r
      where x.account_id = ${of.accountId} and r.id = x.resource_id and r.realm_id = ${of.realmId} and r.vendor_id = ${resourceVendorId} and (x.last_kind <> 'at' or x.last_on <= ${on}::date)
      returning x.id)
    insert into activity_month (workspace_id, access_id, month, days)
    select ${of.workspaceId}::int, id, date_trunc('month', ${on}::date)::date, 1 << (extract(day from ${on}::date)::int - 1) from changed
    on conflict (access_id, month) do update set days = activity_month.days | excluded.days`.execute(trx);
}
