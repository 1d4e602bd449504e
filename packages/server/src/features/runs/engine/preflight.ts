import { rolesWithoutAccess } from '../../plans/index.ts';
import { sql } from 'kysely';
import type { Call, Observation } from '@rollcall/connectors/kit';
import type { CivilDate, VendorId } from '@rollcall/core';
import type { ItemEnd, ItemWork, OpenItem } from './run-record.ts';

/** What the re-check before the first call came to: skip with a reason, or the calls to make. */
export type Preflight = { readonly skip: ItemEnd } | { readonly calls: readonly Call[]; readonly added: readonly Call[] };

interface Places {
  readonly resourceVendorIds: ReadonlyMap<number, { readonly vendorId: string; readonly app: string; readonly site: string }>;
  readonly adminGroups: ReadonlySet<string>;
  /** Groups that give access to one of the item's apps. */
  readonly grantingGroups: ReadonlySet<string>;
}

const withoutAccess = new Set(rolesWithoutAccess);
const taking = new Set<Call['verb']>(['removeFromGroup', 'revokeRole', 'suspendAccess', 'removeFromDirectory']);

/**
 * Compares what the vendor says now with what the plan rests on (design.md section 1.2): whoever signed in, became an administrator, was exempted or was given
 * access since is skipped with the reason. Direct roles on the planned apps are part of the removal even if they were not read before; a new group is not.
 */
export async function preflight(work: ItemWork, item: OpenItem, seen: Observation): Promise<Preflight> {
  const takes = item.plannedCalls.some((call) => taking.has(call.verb));
  if (seen.status === null) return skip('accountGone');
  if (seen.groups === null || seen.roles === null || seen.platformRoles === null) return { skip: { state: 'failed', reason: 'cannotRecheck', message: 'The vendor did not say which groups and roles this person holds now. Nothing was changed.' } };
  const places = await placesOf(work, item, seen);
  if (takes && !work.run.isUndo) {
    const drift = await driftOf(work, item, seen, places);
    if (drift !== null) return { skip: drift };
  }
  return callsOf(work, item, seen, places);
}

async function driftOf(work: ItemWork, item: OpenItem, seen: Observation, places: Places): Promise<ItemEnd | null> {
  if (seen.accountType === 'app' || seen.accountType === 'customer') return end('protected', { by: `${seen.accountType}Account` });
  if (item.accountVendorId === work.run.source.keyOwner) return end('protected', { by: 'keyOwner' });
  if ((seen.platformRoles ?? []).length > 0 || (seen.roles ?? []).some((role) => work.change.isAdminRole(role.role)) || (seen.groups ?? []).some((group) => places.adminGroups.has(group.id))) return end('becameAdministrator');
  if (await isExempt(work, item, seen)) return end('exemptedSince');
  const activeOn = work.run.restsOnInactivity ? activeSince(work, item, seen, places) : null;
  return activeOn === null ? null : end('activeSince', { on: activeOn });
}

/** The day of an activity that the plan did not know, within the plan's period. */
function activeSince(work: ItemWork, item: OpenItem, seen: Observation, places: Places): CivilDate | null {
  const from = work.run.periodFrom;
  for (const reading of seen.lastActive ?? []) {
    const resourceId = [...places.resourceVendorIds].find(([, resource]) => resource.vendorId === reading.resourceId)?.[0];
    if (resourceId === undefined || !item.resourceIds.includes(resourceId)) continue;
    const known = item.lastOn.get(resourceId) ?? null;
    if ((known === null || reading.on > known) && (from === null || reading.on >= from)) return reading.on;
  }
  return null;
}

async function isExempt(work: ItemWork, item: OpenItem, seen: Observation): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select 1 from exemption o join account a on a.id = ${item.accountId}
      where o.workspace_id = ${work.run.workspaceId} and o.ended_at is null and (o.ends_on is null or o.ends_on >= ${work.deps.now()}::date)
        and ((o.kind = 'account' and o.realm_id = a.realm_id and o.subject = a.vendor_id) or (o.kind = 'domain' and o.subject = a.email_domain)
          or (o.kind = 'group' and o.realm_id = a.realm_id and o.subject = any(${(seen.groups ?? []).map((group) => group.id)}::text[])))) as found`.execute(work.deps.db);
  return rows[0]?.found === true;
}

async function placesOf(work: ItemWork, item: OpenItem, seen: Observation): Promise<Places> {
  const ids = (seen.groups ?? []).map((group) => group.id);
  const resources = await work.deps.db.selectFrom('resource').select(['id', 'vendor_id', 'app', 'site']).where('realm_id', '=', work.run.source.realmId).execute();
  const { rows } = await sql<{ vendor_id: string; grants_admin: boolean; granting: boolean }>`
    select g.vendor_id, g.grants_admin, exists (select 1 from group_grant h where h.group_id = g.id and h.resource_id = any(${[...item.resourceIds]}::integer[]) and h.role <> all(${[...rolesWithoutAccess]}::text[])) as granting
    from account_group g where g.realm_id = ${work.run.source.realmId} and g.vendor_id = any(${ids}::text[])`.execute(work.deps.db);
  return {
    resourceVendorIds: new Map(resources.map((row) => [row.id, { vendorId: row.vendor_id, app: row.app, site: row.site }])),
    adminGroups: new Set(rows.filter((row) => row.grants_admin).map((row) => row.vendor_id)),
    grantingGroups: new Set(rows.filter((row) => row.granting).map((row) => row.vendor_id)),
  };
}

function callsOf(work: ItemWork, item: OpenItem, seen: Observation, places: Places): Preflight {
  if (work.run.action !== 'remove-app-access' || work.run.isUndo) return { calls: item.plannedCalls, added: [] };
  const planned = new Set(item.plannedCalls.flatMap((call) => (call.verb === 'removeFromGroup' ? [call.groupId] : [])));
  const grantedSince = (seen.groups ?? []).filter((group) => places.grantingGroups.has(group.id) && !planned.has(group.id));
  if (grantedSince.length > 0) return { skip: end('accessGrantedSince', { groups: grantedSince.map((group) => group.name) }) };
  const direct = directRoles(item, seen, places);
  const inferredOnly = (seen.roles ?? []).some((role) => isTarget(item, places, role.resourceId) && !withoutAccess.has(role.role) && role.methods.length > 0 && role.methods.every((method) => method === 'inferred'));
  if (inferredOnly) return { skip: end('pathNotRemovable') };
  const groupCalls = item.plannedCalls.filter((call) => call.verb === 'removeFromGroup');
  const known = new Set(item.plannedCalls.flatMap((call) => (call.verb === 'revokeRole' ? [`${call.resourceId} ${call.role}`] : [])));
  return { calls: [...groupCalls, ...direct], added: direct.filter((call) => call.verb === 'revokeRole' && !known.has(`${call.resourceId} ${call.role}`)) };
}

function directRoles(item: OpenItem, seen: Observation, places: Places): readonly Call[] {
  return (seen.roles ?? []).flatMap((role): Call[] => {
    const resource = [...places.resourceVendorIds].find(([id, one]) => one.vendorId === role.resourceId && item.resourceIds.includes(id))?.[1];
    if (resource === undefined || !role.methods.includes('direct') || withoutAccess.has(role.role)) return [];
    return [{ verb: 'revokeRole', resourceId: role.resourceId, role: role.role, app: resource.app, site: resource.site }];
  });
}

function isTarget(item: OpenItem, places: Places, resourceVendorId: VendorId): boolean {
  return item.resourceIds.some((id) => places.resourceVendorIds.get(id)?.vendorId === resourceVendorId);
}

function skip(reason: string): Preflight {
  return { skip: end(reason) };
}

function end(reason: string, reasonData?: Readonly<Record<string, unknown>>): ItemEnd {
  return { state: 'skipped', reason, ...(reasonData === undefined ? {} : { reasonData }) };
}
