import type { Observation } from '../kit/calls.ts';
import type { Context } from './context.ts';
import { anyDirectory, requestsOf } from './requests.ts';
import { asVendorId } from './vendor-id.ts';
import { allPages } from './vendor/all-pages.ts';
import { vendorGroup } from './vendor/organisation.ts';
import { orUnreadable } from './vendor/read-one.ts';
import { readRows } from './vendor/read-rows.ts';
import { vendorUser } from './vendor/user.ts';
import type { VendorUser } from './vendor/user.ts';

/** One account as the user search shows it, with its groups and apps; null when the search does not find it. */
export async function searchAccount(context: Context, accountId: string): Promise<VendorUser | null> {
  const request = requestsOf(context.settings).searchUsers(anyDirectory, { limit: 10, accountIds: [accountId], expand: ['platformRoles', 'productAccess', 'groups'] });
  const page = readRows(context, request.operation, await context.request(request), vendorUser);
  // Compared here: a filter that is ignored would name somebody else.
  return page.rows.find((row) => row.accountId === accountId) ?? null;
}

type Groups = NonNullable<Observation['groups']>;

/** The groups of an account: from the search where it names them, else asked for. Null where neither tells. */
export async function groupsOfAccount(context: Context, accountId: string, found: VendorUser | null): Promise<Groups | null> {
  if (found?.groups != null) return found.groups.map((group) => ({ id: asVendorId(group.id), name: group.name ?? group.id }));
  const requests = requestsOf(context.settings);
  const rows = await orUnreadable(
    allPages(async (cursor) => {
      const request = requests.searchGroups(anyDirectory, { limit: 50, accountIds: [accountId], ...(cursor === null ? {} : { cursor }) });
      return readRows(context, request.operation, await context.request(request), vendorGroup);
    }),
  );
  return rows?.map((group) => ({ id: asVendorId(group.id), name: group.name ?? group.id })) ?? null;
}
