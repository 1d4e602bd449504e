import { presentFacts } from './present-facts.ts';
import { rolesWithoutAccess } from '../../plans/index.ts';
import type { CivilDate } from '@rollcall/core';
import type { ItemEnd, ItemWork, OpenItem } from './run-record.ts';
import type { Observation } from '@rollcall/connectors/kit';
import type { Places } from './places.ts';
import type { PresentFacts } from './present-facts.ts';

const withoutAccess = new Set(rolesWithoutAccess);

/**
 * Why nothing may be taken from a person any more: protected, exempt, or active since the plan was made, by what the vendor says now and by
 * what any other reading has brought since (design.md section 1.2). Null when nothing stands against it.
 */
export async function driftOf(work: ItemWork, item: OpenItem, seen: Observation, places: Places): Promise<ItemEnd | null> {
  const facts = await presentFacts(work, item, seen);
  if (seen.accountType === 'app' || seen.accountType === 'customer') return skipped('protected', { by: `${seen.accountType}Account` });
  if (facts.ownsKey || item.accountVendorId === work.run.source.keyOwner) return skipped('protected', { by: 'keyOwner' });
  if (isAdministrator(work, seen, places) || facts.protectedBy === 'platformRole' || facts.protectedBy === 'adminGroup') return skipped('becameAdministrator');
  if (facts.protectedBy !== null) return skipped('protected', { by: facts.protectedBy });
  if (facts.exempt) return skipped('exemptedSince');
  if (facts.looksLikeService && !work.run.isUndo) return skipped('serviceAccount');
  return usedSince(work, item, seen, places, facts) ?? cutsUsedApp(work, item, seen, places, facts);
}

function isAdministrator(work: ItemWork, seen: Observation, places: Places): boolean {
  return (seen.platformRoles ?? []).length > 0 || (seen.roles ?? []).some((role) => work.change.isAdminRole(role.role)) || (seen.groups ?? []).some((group) => places.groups.get(group.id)?.grantsAdmin === true);
}

interface Reading {
  /** Null: an app that we have never read. */
  readonly resourceId: number | null;
  readonly on: CivilDate;
}

function readingsOf(seen: Observation, places: Places, facts: PresentFacts): readonly Reading[] {
  return [
    ...(seen.lastActive ?? []).map((one) => ({ resourceId: places.byVendorId.get(one.resourceId)?.id ?? null, on: one.on })),
    ...facts.accesses.flatMap((one) => (one.on === null ? [] : [{ resourceId: one.resourceId, on: one.on }])),
  ];
}

/** Activity, or a clock that began, on or after the day that the plan counts from, in what the plan is about. */
function usedSince({ run }: ItemWork, item: OpenItem, seen: Observation, places: Places, facts: PresentFacts): ItemEnd | null {
  const from = run.watchFrom;
  if (from === null) return null;
  if (run.restsOnInactivity && seen.lastActive === null) return { state: 'failed', reason: 'cannotRecheck', message: 'The vendor did not say when this person was last active. Nothing was changed.' };
  for (const { resourceId, on } of readingsOf(seen, places, facts)) {
    const known = resourceId === null ? null : (item.known.get(resourceId)?.on ?? null);
    if (on >= from && (known === null || on > known) && isWatched(item, resourceId, from)) return skipped('activeSince', { on });
  }
  if (!run.restsOnInactivity) return null;
  if (seen.status === 'active' && (item.statusBefore === 'suspended' || item.statusBefore === 'deactivated')) return skipped('clockStartedInPeriod');
  const begun = facts.accesses.find((one) => one.clockOn !== null && one.clockOn >= from && one.clockOn > (item.known.get(one.resourceId)?.clockOn ?? '') && isWatched(item, one.resourceId, from));
  if (begun !== undefined) return skipped('clockStartedInPeriod', { clockOn: begun.clockOn });
  return grantedElsewhere(item, seen, places);
}

/** The whole account is cut: an app that it was given since counts as well, be it used or not. */
function grantedElsewhere(item: OpenItem, seen: Observation, places: Places): ItemEnd | null {
  if (!cutsAccount(item)) return null;
  const held = new Set([...item.resourceIds, ...item.known.keys()]);
  const since = (seen.roles ?? []).flatMap((role) => {
    const resource = places.byVendorId.get(role.resourceId);
    return resource === undefined || held.has(resource.id) || withoutAccess.has(role.role) ? [] : [`${resource.app} (${resource.site})`];
  });
  return since.length === 0 ? null : skipped('accessGrantedSince', { groups: since });
}

function cutsAccount(item: OpenItem): boolean {
  return item.plannedCalls.some((call) => call.verb === 'suspendAccess' || call.verb === 'removeFromDirectory');
}

/** Is the app one whose use stands against the plan: one of its apps, any app where the account is cut, and, without named apps, those that were unused. */
function isWatched(item: OpenItem, resourceId: number | null, from: CivilDate): boolean {
  if (cutsAccount(item)) return true;
  if (resourceId === null) return false;
  if (item.resourceIds.length > 0) return item.resourceIds.includes(resourceId);
  const known = item.known.get(resourceId);
  return known !== undefined && known.kind !== 'unknown' && (known.on === null || known.on < from);
}

/** An app that goes with a shared group and came into use since, or of which no use is known. */
function cutsUsedApp({ run }: ItemWork, item: OpenItem, seen: Observation, places: Places, facts: PresentFacts): ItemEnd | null {
  const from = run.watchFrom ?? run.periodFrom;
  const lost = from === null ? new Set<number>() : lostApps(item, seen, places);
  const used = readingsOf(seen, places, facts).some(({ resourceId, on }) => resourceId !== null && lost.has(resourceId) && from !== null && on >= from);
  const unknown = !run.isUndo && facts.accesses.some((one) => lost.has(one.resourceId) && one.kind === 'unknown' && (item.known.get(one.resourceId)?.kind ?? 'unknown') === 'unknown');
  return used || unknown ? skipped('wouldCutAppInUse') : null;
}

/** Other apps that no group and no direct role gives any more once the planned groups are taken. */
function lostApps(item: OpenItem, seen: Observation, places: Places): ReadonlySet<number> {
  const taken = new Set(item.plannedCalls.flatMap((call) => (call.verb === 'removeFromGroup' ? [call.groupId] : [])));
  const groups = (seen.groups ?? []).map((group) => ({ taken: taken.has(group.id), gives: places.groups.get(group.id)?.gives ?? new Set<number>() }));
  const direct = (seen.roles ?? []).flatMap((role) => (role.methods.includes('direct') ? [places.byVendorId.get(role.resourceId)?.id] : []));
  const kept = new Set([...item.resourceIds, ...groups.filter((group) => !group.taken).flatMap((group) => [...group.gives]), ...direct]);
  return new Set(groups.filter((group) => group.taken).flatMap((group) => [...group.gives]).filter((id) => !kept.has(id)));
}

export function skipped(reason: string, reasonData?: Readonly<Record<string, unknown>>): ItemEnd {
  return { state: 'skipped', reason, ...(reasonData === undefined ? {} : { reasonData }) };
}
