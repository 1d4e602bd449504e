import type { VendorId } from '@rollcall/core';
import type { Call, Verification } from '../kit/calls.ts';
import { directoriesOfAccount } from './account-directories.ts';
import { rolesOfAccount } from './account-roles.ts';
import { groupsOfAccount, searchAccount } from './account-search.ts';
import type { Context } from './context.ts';
import { requestsOf } from './requests.ts';
import { orAbsent, orUnreadable, readOne } from './vendor/read-one.ts';
import { vendorUser } from './vendor/user.ts';

/** Asks the vendor whether a change stands now. Changes spread over seconds: `notDone` may become `done`. Throws VendorError. */
export async function verifyCall(context: Context, accountId: string, call: Call): Promise<Verification> {
  switch (call.verb) {
    case 'removeFromGroup':
      return verdict(await isMember(context, accountId, call.groupId), false);
    case 'addToGroup':
      return verdict(await isMember(context, accountId, call.groupId), true);
    case 'revokeRole':
      return verdict(await holdsDirectly(context, accountId, call.resourceId, call.role), false);
    case 'assignRole':
      return verdict(await holdsDirectly(context, accountId, call.resourceId, call.role), true);
    case 'suspendAccess':
      return verdict(await isSuspended(context, accountId, call.directoryId), true);
    case 'restoreAccess':
      return verdict(await isSuspended(context, accountId, call.directoryId), false);
    case 'removeFromDirectory':
      return verdict(await isInDirectory(context, accountId, call.directoryId), false);
  }
}

function verdict(is: boolean | null, wanted: boolean): Verification {
  if (is === null) return 'cannotTell';
  return is === wanted ? 'done' : 'notDone';
}

async function isMember(context: Context, accountId: string, groupId: VendorId): Promise<boolean | null> {
  const groups = await groupsOfAccount(context, accountId, await searchAccount(context, accountId));
  return groups === null ? null : groups.some((group) => group.id === groupId);
}

async function holdsDirectly(context: Context, accountId: string, resourceId: VendorId, role: string): Promise<boolean | null> {
  const roles = await orUnreadable(orAbsent(rolesOfAccount(context, accountId)).then((found) => found ?? []));
  if (roles === null) return null;
  const here = roles.filter((one) => one.resource.vendorId === resourceId && one.role === role);
  if (here.some((one) => one.methods?.includes('direct') === true)) return true;
  // Held, but the vendor does not say how: it may be directly.
  return here.some((one) => one.methods === null) ? null : false;
}

async function isSuspended(context: Context, accountId: string, directoryId: VendorId): Promise<boolean | null> {
  const roles = await orUnreadable(orAbsent(rolesOfAccount(context, accountId)));
  const states = await directoriesOfAccount(context, accountId, roles);
  return states.find((state) => state.directoryId === directoryId)?.suspended ?? null;
}

async function isInDirectory(context: Context, accountId: string, directoryId: VendorId): Promise<boolean | null> {
  const user = await orAbsent(readOne(context, requestsOf(context.settings).user(directoryId, accountId), vendorUser));
  if (user === null) return false;
  if (user.membershipStatus === null) return user.status !== 'not_invited';
  return user.membershipStatus !== 'no_membership';
}
