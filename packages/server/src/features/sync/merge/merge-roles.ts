import { sql } from 'kysely';
import { observedSince } from './merge-context.ts';
import type { RealmContext } from './merge-context.ts';

/**
 * Direct roles of the accounts whose roles were read in this sync replace what was known about those accounts. Accounts whose roles
 * were not read keep what is known: role assignments are read again for each person before anything is taken away.
 */
export async function mergeRoles(context: RealmContext): Promise<void> {
  const { trx, sync, now } = context;
  const { realmId } = sync.source;
  await sql`
    delete from direct_role d using account a
    where a.id = d.account_id and a.realm_id = ${realmId} and not ${observedSince(context, sql`a.id`)}
      and exists (select 1 from staged_role s where s.sync_id = ${sync.id} and s.account_vendor_id = a.vendor_id)
      and not exists (select 1 from staged_role s where s.sync_id = ${sync.id} and s.account_vendor_id = a.vendor_id
        and (s.resource_vendor_id, s.role, s.method) = (d.resource_vendor_id, d.role, d.method))`.execute(trx);
  await sql`
    insert into direct_role (workspace_id, account_id, resource_vendor_id, resource_id, role, method, read_at)
    select distinct ${sync.workspaceId}::integer, a.id, s.resource_vendor_id, r.id, s.role, s.method, ${now}::timestamptz
    from staged_role s
    join account a on a.realm_id = ${realmId} and a.vendor_id = s.account_vendor_id
    left join resource r on r.realm_id = ${realmId} and r.vendor_id = s.resource_vendor_id
    where s.sync_id = ${sync.id} and not ${observedSince(context, sql`a.id`)}
    on conflict do nothing`.execute(trx);
}
