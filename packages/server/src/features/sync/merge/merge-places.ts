import { sql } from 'kysely';
import type { MergeContext } from './merge-context.ts';

/** Directories and apps on sites: few rows, so that upserts that write only differences are enough. */
export async function mergePlaces({ trx, sync, now }: MergeContext): Promise<void> {
  const { realmId } = sync.source;
  await sql`
    insert into directory (workspace_id, realm_id, vendor_id, name)
    select distinct on (vendor_id) ${sync.workspaceId}::integer, ${realmId}::integer, vendor_id, name from staged_directory where sync_id = ${sync.id}
    on conflict (realm_id, vendor_id) do update set name = excluded.name, gone_at = null
    where (directory.name, directory.gone_at) is distinct from (excluded.name, null)`.execute(trx);
  await sql`
    update directory d set gone_at = ${now} where d.realm_id = ${realmId} and d.gone_at is null
      and not exists (select 1 from staged_directory s where s.sync_id = ${sync.id} and s.vendor_id = d.vendor_id)`.execute(trx);
  await sql`
    insert into resource (workspace_id, realm_id, vendor_id, app, site, site_url, seats_used, seats_limit)
    select distinct on (vendor_id) ${sync.workspaceId}::integer, ${realmId}::integer, vendor_id, app, site, site_url, seats_used, seats_limit
    from staged_resource where sync_id = ${sync.id} order by vendor_id, seats_used desc nulls last
    on conflict (realm_id, vendor_id) do update
    set app = excluded.app, site = excluded.site, site_url = excluded.site_url, seats_used = excluded.seats_used, seats_limit = excluded.seats_limit, gone_at = null
    where (resource.app, resource.site, resource.site_url, resource.seats_used, resource.seats_limit, resource.gone_at)
      is distinct from (excluded.app, excluded.site, excluded.site_url, excluded.seats_used, excluded.seats_limit, null)`.execute(trx);
  await sql`
    update resource r set gone_at = ${now} where r.realm_id = ${realmId} and r.gone_at is null
      and not exists (select 1 from staged_resource s where s.sync_id = ${sync.id} and s.vendor_id = r.vendor_id)`.execute(trx);
}
