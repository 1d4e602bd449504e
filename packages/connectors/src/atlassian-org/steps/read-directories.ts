import type { Page } from '../../kit/connector.ts';
import type { Context } from '../context.ts';
import { requestsOf } from '../requests.ts';
import { asVendorId } from '../vendor-id.ts';
import { vendorDirectory } from '../vendor/organisation.ts';
import { readRows } from '../vendor/read-rows.ts';

/** A centralised organisation has one directory, an original one has one per site. */
export async function readDirectories(context: Context, cursor: string | null): Promise<Page> {
  const request = requestsOf(context.settings).directories(cursor, { limit: '100' });
  const page = readRows(context, request.operation, await context.request(request), vendorDirectory);
  const records = page.rows.map((row) => ({ type: 'directory' as const, vendorId: asVendorId(row.directoryId), name: row.name ?? row.directoryId }));
  return { records, next: page.next, total: page.total };
}
