import type { ObservedRole } from '../kit/calls.ts';
import type { Context } from './context.ts';
import { requestsOf } from './requests.ts';
import { resourceName } from './resource-id.ts';
import type { ResourceName } from './resource-id.ts';
import { allPages } from './vendor/all-pages.ts';
import { vendorRoleAssignment } from './vendor/organisation.ts';
import type { VendorRoleAssignment } from './vendor/organisation.ts';
import { readRows } from './vendor/read-rows.ts';

/** A role of one account on one resource. `methods` is null where the vendor does not say how it is held. */
export interface AccountRole {
  readonly resource: ResourceName;
  /** The id as the vendor gave it: role writes take it as it is. */
  readonly givenResourceId: string;
  readonly role: string;
  readonly methods: ObservedRole['methods'] | null;
  readonly directoryId: string | null;
  readonly directoryStatus: string | null;
}

const methodByName = new Map<string, ObservedRole['methods'][number]>([
  ['direct', 'direct'],
  ['group_direct', 'group'],
  ['inferred', 'inferred'],
]);

/** Every role of an account with the ways in which it is held. Throws VendorError. */
export async function rolesOfAccount(context: Context, accountId: string): Promise<AccountRole[]> {
  const requests = requestsOf(context.settings);
  const rows = await allPages(async (cursor) => {
    const request = requests.userRoles(accountId, cursor);
    return readRows(context, request.operation, await context.request(request), vendorRoleAssignment);
  });
  return rows.flatMap(rolesOfRow);
}

function rolesOfRow(row: VendorRoleAssignment): AccountRole[] {
  const common = {
    resource: resourceName(row.resourceId, row.resourceOwner),
    givenResourceId: row.resourceId,
    directoryId: row.directoryId,
    directoryStatus: row.userDirectoryStatus,
  };
  const explained = (row.roleAssignments ?? []).map((one) => ({ ...common, role: one.role, methods: methodsOf(one.roleAssignmentMethods) }));
  const names = new Set(explained.map((one) => one.role));
  const unexplained = (row.roles ?? []).filter((role) => !names.has(role)).map((role) => ({ ...common, role, methods: null }));
  return [...explained, ...unexplained];
}

/** An unknown method leaves the whole answer open: the role may be held in that way alone. */
function methodsOf(names: readonly string[] | null): ObservedRole['methods'] | null {
  if (names === null || names.length === 0) return null;
  const methods = names.flatMap((name) => methodByName.get(name) ?? []);
  return methods.length === names.length ? methods : null;
}

/** The roles as observations carry them: one entry per resource and role. An unexplained way of holding counts as `inferred`: it cannot be taken away. */
export function observedRoles(roles: readonly AccountRole[]): ObservedRole[] {
  const found = new Map<string, ObservedRole>();
  for (const one of roles) {
    const key = `${one.resource.vendorId} ${one.role}`;
    const methods = new Set([...(found.get(key)?.methods ?? []), ...(one.methods ?? (['inferred'] as const))]);
    found.set(key, { resourceId: one.resource.vendorId, role: one.role, methods: [...methods] });
  }
  return [...found.values()];
}
