import type { Page } from '../../kit/connector.ts';
import type { AccessRecord, MemberRecord, SourceRecord } from '../../kit/records.ts';
import type { Context } from '../context.ts';
import { lastActiveOf } from '../last-active-of.ts';
import { requestsOf } from '../requests.ts';
import { isApp, resourceName } from '../resource-id.ts';
import { resourcesOf, unlistedResource } from '../resources.ts';
import type { Resources } from '../resources.ts';
import { asVendorId } from '../vendor-id.ts';
import { readRows } from '../vendor/read-rows.ts';
import { vendorUser } from '../vendor/user.ts';
import type { VendorUser } from '../vendor/user.ts';
import { noteBulkActivity } from '../bulk-activity.ts';
import { accountRecord } from './account-record.ts';
import { readInModes } from './fallback-modes.ts';

/** Everything in pages of 100; in smaller pages (the largest page is not published); without the newer expands; the older list. */
const searches = [
  { limit: 100, expand: ['platformRoles', 'productAccess', 'groups', 'counts.resources'] },
  { limit: 50, expand: ['platformRoles', 'productAccess', 'groups', 'counts.resources'] },
  { limit: 50, expand: ['platformRoles'] },
] as const;

/**
 * One page of a directory's users, with their apps, activity and groups where the vendor honours the expands. What it does not give
 * stays unread: no record is not the same as "none".
 */
export async function readAccounts(context: Context, directoryId: string, token: string | null): Promise<Page> {
  const requests = requestsOf(context.settings);
  const { result, next } = await readInModes(token, searches.length + 1, async (mode, cursor) => {
    const at = cursor === null ? {} : { cursor };
    const search = searches[mode];
    const request = search === undefined ? requests.listUsers(directoryId, { ...at, limit: '100' }) : requests.searchUsers(directoryId, { ...at, ...search });
    const page = readRows(context, request.operation, await context.request(request), vendorUser);
    if (mode > 0 && cursor === null) context.report?.({ operation: request.operation, problem: 'smallerPages', member: 'limit', count: 1 });
    return { result: page, next: page.next };
  });
  const missing = missingOf(context, result.rows);
  if (rowsWithActivity(result.rows)) noteBulkActivity(context);
  const records = recordsOf(context, result.rows, directoryId, await resourcesOf(context));
  return { records, next, total: result.total, ...(missing.length > 0 ? { missing } : {}) };
}

/** What every row of the page lacks although it was asked for; an empty list is an answer, an absent one is none. */
function missingOf(context: Context, rows: readonly VendorUser[]): NonNullable<Page['missing']> {
  const asked = [
    ['groups', 'members'],
    ['productAccess', 'accesses'],
  ] as const;
  return asked.flatMap(([member, missing]) => {
    if (rows.length === 0 || rows.some((row) => row[member] !== null)) return [];
    context.report?.({ operation: 'users.search', problem: 'expandIgnored', member, count: rows.length });
    return [missing];
  });
}

function rowsWithActivity(rows: readonly VendorUser[]): boolean {
  return rows.some((row) => row.productAccess?.some((entry) => typeof entry.lastActiveTimestamp === 'string') === true);
}

function recordsOf(context: Context, rows: readonly VendorUser[], directoryId: string, resources: Resources): SourceRecord[] {
  const records: SourceRecord[] = [];
  const now = context.now();
  const added = new Set<string>();
  for (const user of rows) {
    const account = accountRecord(user, directoryId, context.timeZone);
    if (account.status === 'unknown') context.report?.({ operation: 'users.search', problem: 'unknownValue', member: 'status', count: 1 });
    records.push(account);
    for (const { record, name } of accessesOf(user, context.timeZone, now)) {
      const unlisted = added.has(name.vendorId) ? null : unlistedResource(resources, name);
      added.add(name.vendorId);
      if (unlisted !== null) records.push(unlisted);
      records.push(record);
    }
    records.push(...membersOf(user));
  }
  return records;
}

function membersOf(user: VendorUser): MemberRecord[] {
  return (user.groups ?? []).map((group) => ({ type: 'member', groupVendorId: asVendorId(group.id), accountVendorId: asVendorId(user.accountId) }));
}

/** The apps that a user's productAccess names. Two entries that mean the same app are given one after the other: the host combines them. */
export function accessesOf(user: VendorUser, timeZone: string, now: Date): { readonly record: AccessRecord; readonly name: ReturnType<typeof resourceName> }[] {
  return (user.productAccess ?? []).flatMap((entry) => {
    if (entry.id === null) return [];
    const name = resourceName(entry.id, entry.key);
    if (!isApp(name)) return [];
    const record: AccessRecord = {
      type: 'access',
      accountVendorId: asVendorId(user.accountId),
      resourceVendorId: name.vendorId,
      holding: 'has',
      lastActive: lastActiveOf(entry.lastActiveTimestamp, timeZone, now),
      knownThrough: null,
      evidence: 'orgSearch',
    };
    return [{ record, name }];
  });
}
