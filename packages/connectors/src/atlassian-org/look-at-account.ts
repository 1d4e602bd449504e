import type { VendorId } from '@rollcall/core';
import type { Call, Observation, AccountLook, Verification } from '../kit/calls.ts';
import { directoriesOfAccount } from './account-directories.ts';
import { observedRoles, rolesOfAccount } from './account-roles.ts';
import type { AccountRole } from './account-roles.ts';
import { groupsOfAccount, searchAccount } from './account-search.ts';
import type { Context } from './context.ts';
import { anyDirectory, requestsOf } from './requests.ts';
import { orAbsent, orUnreadable, readOne } from './vendor/read-one.ts';
import { vendorUser } from './vendor/user.ts';

/** What one look has read so far: groups and roles are asked for when they are first needed, and once. Null: the vendor did not say. */
interface Readings {
  readonly groups: () => Promise<Observation['groups']>;
  readonly roles: () => Promise<readonly AccountRole[] | null>;
}

/** Looks at one account after changes. */
export function lookAtAccount(context: Context, accountId: string): AccountLook {
  const readings: Readings = {
    groups: once(async () => groupsOfAccount(context, accountId, await searchAccount(context, accountId))),
    roles: once(() => orUnreadable(rolesNow(context, accountId))),
  };
  return {
    stands: (call) => stands(context, accountId, readings, call),
    async roles() {
      const roles = await readings.roles();
      return roles === null ? null : observedRoles(roles);
    },
  };
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | null = null;
  return () => (reading ??= read());
}

/** Who is gone holds nothing. Of somebody who is there, "not found" is no answer about roles: null. */
async function rolesNow(context: Context, accountId: string): Promise<readonly AccountRole[] | null> {
  const roles = await orAbsent(rolesOfAccount(context, accountId));
  if (roles !== null) return roles;
  const user = await orAbsent(readOne(context, requestsOf(context.settings).user(anyDirectory, accountId), vendorUser));
  return user === null ? [] : null;
}

async function stands(context: Context, accountId: string, readings: Readings, call: Call): Promise<Verification> {
  switch (call.verb) {
    case 'removeFromGroup':
      return verdict(await isMember(readings, call.groupId), false);
    case 'addToGroup':
      return verdict(await isMember(readings, call.groupId), true);
    case 'revokeRole':
      return verdict(await holdsDirectly(readings, call.resourceId, call.role), false);
    case 'assignRole':
      return verdict(await holdsDirectly(readings, call.resourceId, call.role), true);
    case 'suspendAccess':
      return verdict(await isSuspended(context, accountId, readings, call.directoryId), true);
    case 'restoreAccess':
      return verdict(await isSuspended(context, accountId, readings, call.directoryId), false);
    case 'removeFromDirectory':
      return verdict(await isInDirectory(context, accountId, call.directoryId), false);
  }
}

function verdict(is: boolean | null, wanted: boolean): Verification {
  if (is === null) return 'cannotTell';
  return is === wanted ? 'done' : 'notDone';
}

async function isMember(readings: Readings, groupId: VendorId): Promise<boolean | null> {
  const groups = await readings.groups();
  return groups === null ? null : groups.some((group) => group.id === groupId);
}

async function holdsDirectly(readings: Readings, resourceId: VendorId, role: string): Promise<boolean | null> {
  const roles = await readings.roles();
  if (roles === null) return null;
  const here = roles.filter((one) => one.resource.vendorId === resourceId && one.role === role);
  if (here.some((one) => one.methods?.includes('direct') === true)) return true;
  // Held, but the vendor does not say how: it may be directly.
  return here.some((one) => one.methods === null) ? null : false;
}

async function isSuspended(context: Context, accountId: string, readings: Readings, directoryId: VendorId): Promise<boolean | null> {
  const states = await directoriesOfAccount(context, accountId, await readings.roles());
  return states.find((state) => state.directoryId === directoryId)?.suspended ?? null;
}

async function isInDirectory(context: Context, accountId: string, directoryId: VendorId): Promise<boolean | null> {
  const user = await orAbsent(readOne(context, requestsOf(context.settings).user(directoryId, accountId), vendorUser));
  if (user === null) return false;
  if (user.membershipStatus === null) return user.status !== 'not_invited';
  return user.membershipStatus !== 'no_membership';
}
