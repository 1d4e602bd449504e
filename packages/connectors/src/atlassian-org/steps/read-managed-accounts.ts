import type { Page } from '../../kit/connector.ts';
import type { AccountStatus, SourceRecord } from '../../kit/records.ts';
import { hasBulkActivity } from '../bulk-activity.ts';
import type { Context } from '../context.ts';
import { lastActiveOf } from '../last-active-of.ts';
import { requestsOf } from '../requests.ts';
import { resourceByUrl, resourcesOf } from '../resources.ts';
import { asVendorId } from '../vendor-id.ts';
import { readRows } from '../vendor/read-rows.ts';
import { vendorManagedUser } from '../vendor/user.ts';
import { accountTypeOf } from './account-record.ts';

/** Only what this list knows for certain; whether an active account is in a directory it does not know. */
function statusOf(accountStatus: string | null): AccountStatus {
  if (accountStatus === 'closed') return 'for_deletion';
  return accountStatus === 'inactive' ? 'deactivated' : 'unknown';
}

/**
 * One page of the accounts of claimed domains (empty without a verified domain): a second source of activity, asked where the user
 * search gives none, since one page here spares a hundred requests of last-active-dates. `unknown` here never overrides what the directory said.
 */
export async function readManagedAccounts(context: Context, cursor: string | null): Promise<Page> {
  if (cursor === null && hasBulkActivity(context)) return { records: [], next: null, total: null };
  const request = requestsOf(context.settings).managedAccounts(cursor);
  const page = readRows(context, request.operation, await context.request(request), vendorManagedUser);
  const resources = await resourcesOf(context);
  const now = context.now();
  const records = page.rows.flatMap((row): SourceRecord[] => {
    const accountVendorId = asVendorId(row.account_id);
    const accesses = (row.product_access ?? []).flatMap((entry): SourceRecord[] => {
      const resourceVendorId = resourceByUrl(resources, entry.key, entry.url);
      const lastActive = lastActiveOf(entry.last_active ?? undefined, context.timeZone, now);
      if (resourceVendorId === null || lastActive.kind !== 'at') return [];
      return [{ type: 'access', accountVendorId, resourceVendorId, holding: 'unknown', lastActive, knownThrough: null, evidence: 'managedAccounts' }];
    });
    return [
      {
        type: 'account',
        vendorId: accountVendorId,
        accountType: accountTypeOf(row.account_type),
        status: statusOf(row.account_status),
        claim: 'managed',
        name: row.name,
        email: row.email,
        managementSource: null,
        platformRoles: [],
        directoryVendorId: null,
        directorySuspended: false,
        details: {},
        addedOn: null,
      },
      ...accesses,
    ];
  });
  return { records, next: page.next, total: page.total };
}
