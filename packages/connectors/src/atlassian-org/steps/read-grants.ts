import type { Page } from '../../kit/connector.ts';
import type { SourceRecord } from '../../kit/records.ts';
import type { Context } from '../context.ts';
import { requestsOf } from '../requests.ts';
import { resourceName } from '../resource-id.ts';
import { resourcesOf, unlistedResource } from '../resources.ts';
import { asVendorId } from '../vendor-id.ts';
import { vendorRoleAssignment } from '../vendor/organisation.ts';
import { orAbsent } from '../vendor/read-one.ts';
import { readRows } from '../vendor/read-rows.ts';

/** What membership of one group grants. A group that was deleted since the groups were read grants nothing. */
export async function readGrants(context: Context, groupId: string, cursor: string | null): Promise<Page> {
  const request = requestsOf(context.settings).groupRoles(groupId, cursor);
  const response = await orAbsent(context.request(request));
  if (response === null) return { records: [], next: null, total: null };
  const page = readRows(context, request.operation, response, vendorRoleAssignment);
  const resources = await resourcesOf(context);
  const records = page.rows.flatMap((row): SourceRecord[] => {
    const name = resourceName(row.resourceId, row.resourceOwner);
    const roles = row.roles ?? row.roleAssignments?.map((one) => one.role) ?? [];
    const unlisted = unlistedResource(resources, name);
    const grants = [...new Set(roles)].map((role) => ({ type: 'grant' as const, groupVendorId: asVendorId(groupId), resourceVendorId: name.vendorId, role }));
    return unlisted === null || grants.length === 0 ? grants : [unlisted, ...grants];
  });
  return { records, next: page.next, total: page.total };
}
