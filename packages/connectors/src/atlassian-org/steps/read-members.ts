import type { Page } from '../../kit/connector.ts';
import type { Context } from '../context.ts';
import { anyDirectory, requestsOf } from '../requests.ts';
import { asVendorId } from '../vendor-id.ts';
import { readRows } from '../vendor/read-rows.ts';
import { vendorUser } from '../vendor/user.ts';
import { readInModes } from './fallback-modes.ts';

/** The members of one group, for organisations where the user search does not name the groups. */
export async function readMembers(context: Context, groupId: string, token: string | null): Promise<Page> {
  const requests = requestsOf(context.settings);
  const { result, next } = await readInModes(token, 2, async (mode, cursor) => {
    const request = requests.searchUsers(anyDirectory, { ...(cursor === null ? {} : { cursor }), limit: mode === 0 ? 100 : 50, groupIds: [groupId] });
    const page = readRows(context, request.operation, await context.request(request), vendorUser);
    return { result: page, next: page.next };
  });
  const records = result.rows.map((row) => ({ type: 'member' as const, groupVendorId: asVendorId(groupId), accountVendorId: asVendorId(row.accountId) }));
  return { records, next, total: result.total };
}
