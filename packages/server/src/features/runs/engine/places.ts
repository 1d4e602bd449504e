import { rolesWithoutAccess } from '../../plans/index.ts';
import { sql } from 'kysely';
import type { ItemWork, OpenItem } from './run-record.ts';
import type { Observation } from '@rollcall/connectors/kit';

export interface Resource {
  readonly id: number;
  readonly vendorId: string;
  readonly app: string;
  readonly site: string;
}

/** What our last reading says about a group that a person is in now. */
export interface HeldGroup {
  readonly grantsAdmin: boolean;
  readonly modifiable: boolean;
  /** Resources whose app the group lets people use. */
  readonly gives: ReadonlySet<number>;
}

export interface Places {
  readonly byVendorId: ReadonlyMap<string, Resource>;
  /** By vendor id. A group that is missing here was never read: what it grants nobody knows. */
  readonly groups: ReadonlyMap<string, HeldGroup>;
}

/** The apps of the realm, and what the groups that the person holds now grant. */
export async function placesOf({ deps, run }: ItemWork, item: OpenItem, seen: Observation): Promise<Places> {
  const resources = await deps.db.selectFrom('resource').select(['id', 'vendor_id', 'app', 'site']).where('realm_id', '=', run.source.realmId).execute();
  const ids = [...(seen.groups ?? []).map((group) => group.id), ...item.plannedCalls.flatMap((call) => ('groupId' in call ? [call.groupId] : []))];
  const { rows } = await sql<{ vendor_id: string; grants_admin: boolean; modifiable: boolean; gives: number[] }>`
    select g.vendor_id, g.grants_admin, g.modifiable, coalesce((select array_agg(h.resource_id) from group_grant h
      where h.group_id = g.id and h.resource_id is not null and h.role <> all(${[...rolesWithoutAccess]}::text[])), '{}') as gives
    from account_group g where g.realm_id = ${run.source.realmId} and g.vendor_id = any(${ids}::text[])`.execute(deps.db);
  return {
    byVendorId: new Map(resources.map((row) => [row.vendor_id, { id: row.id, vendorId: row.vendor_id, app: row.app, site: row.site }])),
    groups: new Map(rows.map((row) => [row.vendor_id, { grantsAdmin: row.grants_admin, modifiable: row.modifiable, gives: new Set(row.gives) }])),
  };
}
