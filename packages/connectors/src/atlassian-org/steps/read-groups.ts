import type { Page } from '../../kit/connector.ts';
import type { GroupRecord } from '../../kit/records.ts';
import type { Context } from '../context.ts';
import { requestsOf } from '../requests.ts';
import { asVendorId } from '../vendor-id.ts';
import { vendorGroup } from '../vendor/organisation.ts';
import type { VendorGroup } from '../vendor/organisation.ts';
import { readRows } from '../vendor/read-rows.ts';
import { readInModes } from './fallback-modes.ts';

/** The search with the count of granted resources; without the expand; the older list. */
export async function readGroups(context: Context, directoryId: string, token: string | null): Promise<Page> {
  const requests = requestsOf(context.settings);
  const { result, next } = await readInModes(token, 3, async (mode, cursor) => {
    const at = cursor === null ? {} : { cursor };
    const request =
      mode === 2
        ? requests.listGroups(directoryId, { ...at, limit: '100' })
        : requests.searchGroups(directoryId, { ...at, limit: 100, ...(mode === 0 ? { expand: ['counts.resources'] } : {}) });
    const page = readRows(context, request.operation, await context.request(request), vendorGroup);
    return { result: page, next: page.next };
  });
  return { records: result.rows.map((row) => groupRecord(row, directoryId)), next, total: result.total };
}

function groupRecord(row: VendorGroup, directoryId: string): GroupRecord {
  // Absent members mean writable; any one of the three marks closes the group (a synced group takes no changes from elsewhere).
  const closed = row.managementAccess?.modifiable === false || row.managedBy === 'external' || row.externalSynced === true;
  return {
    type: 'group',
    vendorId: asVendorId(row.id),
    directoryVendorId: asVendorId(row.directoryId ?? directoryId),
    name: row.name ?? row.id,
    description: row.description,
    managedBy: row.managedBy ?? (row.externalSynced === true ? 'external' : null),
    modifiable: !closed,
    mayGrant: (row.counts?.resources ?? 1) > 0,
  };
}
