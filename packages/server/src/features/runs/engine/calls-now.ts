import { appTitle } from '@rollcall/core';
import { rolesWithoutAccess } from '../../plans/index.ts';
import { skipped } from './drift.ts';
import type { Call, Observation, ObservedRole } from '@rollcall/connectors/kit';
import type { ItemEnd, ItemWork, OpenItem } from './run-record.ts';
import type { Places, Resource } from './places.ts';

/** The calls that the re-check leaves, or why the row is left alone. No calls: it is so already. */
export type CallsNow = { readonly skip: ItemEnd } | { readonly calls: readonly Call[] };

const withoutAccess = new Set(rolesWithoutAccess);

/** What is left to do of the planned calls, by what the vendor says now. */
export function callsNow({ run }: ItemWork, item: OpenItem, seen: Observation, places: Places): CallsNow {
  if (!run.isUndo && item.plannedCalls.some((call) => 'groupId' in call && places.groups.get(call.groupId)?.modifiable === false)) return { skip: skipped('managedByIdp') };
  // What a person has or is already is not done again: the vendor may call it done, and an undo would then take what was there before.
  if (run.action !== 'remove-app-access' || run.isUndo) return { calls: item.plannedCalls.filter((call) => !isSoAlready(call, seen)) };
  return removalCalls(item, seen, places);
}

function isSoAlready(call: Call, seen: Observation): boolean {
  switch (call.verb) {
    case 'addToGroup':
      return seen.groups?.some((group) => group.id === call.groupId) === true;
    case 'assignRole':
      return seen.roles?.some((role) => role.resourceId === call.resourceId && role.role === call.role && role.methods.includes('direct')) === true;
    case 'suspendAccess':
      return seen.directories?.some((one) => one.directoryId === call.directoryId && one.suspended) === true;
    case 'restoreAccess':
      return seen.directories?.some((one) => one.directoryId === call.directoryId && !one.suspended) === true;
    case 'removeFromGroup':
    case 'revokeRole':
    case 'removeFromDirectory':
      return false;
  }
}

interface Held {
  readonly resource: Resource;
  readonly role: ObservedRole;
}

/**
 * Every path of the apps, and nothing else: the planned groups that the person is in, and the direct roles as they are now. A path that cannot be named or taken
 * leaves the whole row alone, since half a removal leaves the seat taken.
 */
function removalCalls(item: OpenItem, seen: Observation, places: Places): CallsNow {
  const held = (seen.roles ?? []).flatMap((role): Held[] => {
    const resource = places.byVendorId.get(role.resourceId);
    return resource === undefined || !item.resourceIds.includes(resource.id) || withoutAccess.has(role.role) ? [] : [{ resource, role }];
  });
  const isIn = new Set<string>((seen.groups ?? []).map((group) => group.id));
  const groupCalls = item.plannedCalls.filter((call) => call.verb === 'removeFromGroup' && isIn.has(call.groupId));
  const reason = newPath(item, seen, places, groupCalls) ?? (held.some(({ role }) => role.methods.includes('inferred')) ? skipped('pathNotRemovable') : null) ?? unexplained(item, held, places, groupCalls);
  if (reason !== null) return { skip: reason };
  const direct = held.flatMap(({ resource, role }): Call[] => (role.methods.includes('direct') ? [{ verb: 'revokeRole', resourceId: role.resourceId, role: role.role, app: resource.app, site: resource.site }] : []));
  return { calls: [...groupCalls, ...direct] };
}

/** A group that gives one of the apps and is not in the plan; one that was never read may give it. */
function newPath(item: OpenItem, seen: Observation, places: Places, planned: readonly Call[]): ItemEnd | null {
  const known = new Set(planned.flatMap((call) => (call.verb === 'removeFromGroup' ? [call.groupId] : [])));
  const since = (seen.groups ?? []).filter((group) => {
    const gives = places.groups.get(group.id)?.gives;
    return !known.has(group.id) && (gives === undefined || item.resourceIds.some((id) => gives.has(id)));
  });
  return since.length === 0 ? null : skipped('accessGrantedSince', { groups: since.map((group) => group.name) });
}

/** The vendor's account of the paths and ours differ: a group gives the app that we do not know to, or a planned group does not give it (any more). */
function unexplained(item: OpenItem, held: readonly Held[], places: Places, groupCalls: readonly Call[]): ItemEnd | null {
  const givesNow = (id: number): boolean => held.some(({ resource, role }) => resource.id === id && role.methods.includes('group'));
  const gives = groupCalls.map((call) => (call.verb === 'removeFromGroup' ? (places.groups.get(call.groupId)?.gives ?? new Set<number>()) : new Set<number>()));
  const hidden = held.filter(({ resource, role }) => role.methods.includes('group') && !gives.some((of) => of.has(resource.id)));
  if (hidden.length > 0) return skipped('accessGrantedSince', { groups: [...new Set(hidden.map(({ resource }) => `${appTitle(resource.app)} (${resource.site})`))] });
  return gives.some((of) => !item.resourceIds.some((id) => of.has(id) && givesNow(id))) ? skipped('drifted') : null;
}
