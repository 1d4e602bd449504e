import type { Page } from '../../kit/connector.ts';
import type { SourceRecord } from '../../kit/records.ts';
import { directoriesOfAccount } from '../account-directories.ts';
import { rolesOfAccount } from '../account-roles.ts';
import { groupsOfAccount } from '../account-search.ts';
import type { Context } from '../context.ts';
import { anyDirectory, requestsOf } from '../requests.ts';
import { asVendorId } from '../vendor-id.ts';
import { orAbsent, orUnreadable, readOne } from '../vendor/read-one.ts';
import { vendorUser } from '../vendor/user.ts';
import { accountRecord } from './account-record.ts';
import { readActivity } from './read-activity.ts';

/**
 * One account that the lists left out, asked about by itself: pages can shift while they are read, and a list can answer too little. No records: the
 * vendor does not know it (404), or says that it is a member of no directory and nobody's managed account. Else everything that the lists would have said.
 */
export async function readMissing(context: Context, accountId: string): Promise<Page> {
  const user = await orAbsent(readOne(context, requestsOf(context.settings).user(anyDirectory, accountId), vendorUser));
  if (user === null || (user.membershipStatus === 'no_membership' && user.claimStatus !== 'managed')) return { records: [], next: null, total: null };
  const roles = await orAbsent(orUnreadable(rolesOfAccount(context, accountId)));
  const directories = await directoriesOfAccount(context, accountId, roles);
  const groups = await groupsOfAccount(context, accountId, null);
  const ids = directories.length === 0 ? [null] : directories.map(({ directoryId }) => directoryId);
  const records: SourceRecord[] = [
    ...ids.map((id) => accountRecord(user, id, context.timeZone)),
    ...(groups ?? []).map((group) => ({ type: 'member' as const, groupVendorId: group.id, accountVendorId: asVendorId(accountId) })),
  ];
  const activity = await orUnreadable(readActivity(context, accountId));
  // Of apps and portal customers the lists say no more than the days they have: that nothing is said of an app does not mean that it was never used.
  const told = (activity?.records ?? []).filter((record) => user.accountType === 'atlassian' || record.type !== 'access' || record.lastActive.kind === 'at');
  return { records: [...records, ...told], next: null, total: null };
}
