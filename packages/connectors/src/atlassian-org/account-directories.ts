import type { VendorId } from '@rollcall/core';
import type { Context } from './context.ts';
import type { AccountRole } from './account-roles.ts';
import { requestsOf } from './requests.ts';
import { asVendorId } from './vendor-id.ts';
import { allPages } from './vendor/all-pages.ts';
import { vendorDirectory } from './vendor/organisation.ts';
import { orAbsent, readOne } from './vendor/read-one.ts';
import { readRows } from './vendor/read-rows.ts';
import { vendorUser } from './vendor/user.ts';
import type { VendorUser } from './vendor/user.ts';

/** An account in one directory. `suspended` is null where the vendor does not say it for this directory. */
export interface DirectoryState {
  readonly directoryId: VendorId;
  readonly suspended: boolean | null;
}

/**
 * The directories an account is in, now. The composite `membershipStatus` says `suspended` only when that holds in every directory, so
 * with several the roles' own `userDirectoryStatus` decides, and where it is silent nobody knows.
 */
export async function directoriesOfAccount(context: Context, accountId: string, roles: readonly AccountRole[] | null): Promise<DirectoryState[]> {
  const requests = requestsOf(context.settings);
  const directories = await allPages(async (cursor) => {
    const request = requests.directories(cursor, { limit: '100', accountId });
    return readRows(context, request.operation, await context.request(request), vendorDirectory);
  });
  const states: DirectoryState[] = [];
  for (const directoryId of new Set(directories.map((one) => one.directoryId))) {
    // Asked one by one: an answer that ignores `accountId` would name every directory.
    const user = await orAbsent(readOne(context, requests.user(directoryId, accountId), vendorUser));
    if (user === null || user.membershipStatus === 'no_membership') continue;
    states.push({ directoryId: asVendorId(directoryId), suspended: suspendedIn(directoryId, user, roles, directories.length) });
  }
  return states;
}

function suspendedIn(directoryId: string, user: VendorUser, roles: readonly AccountRole[] | null, directories: number): boolean | null {
  if (user.membershipStatus === 'suspended' || user.status === 'suspended') return true;
  const told = roles?.find((role) => role.directoryId === directoryId && role.directoryStatus !== null)?.directoryStatus;
  if (told === 'suspended' || told === 'active') return told === 'suspended';
  if (directories > 1) return null;
  return user.membershipStatus === 'active' || user.status === 'active' ? false : null;
}
