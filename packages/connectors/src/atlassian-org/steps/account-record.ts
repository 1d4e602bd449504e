import { civilDateIn } from '@rollcall/core';
import type { AccountRecord, AccountStatus, AccountType, Claim } from '../../kit/records.ts';
import type { VendorUser } from '../vendor/user.ts';
import { asVendorId } from '../vendor-id.ts';

const statuses = ['active', 'suspended', 'deactivated', 'not_invited', 'for_deletion'] as const satisfies readonly AccountStatus[];

export function accountTypeOf(value: string | null): AccountType {
  return value === 'atlassian' || value === 'app' || value === 'customer' ? value : 'unknown';
}

function claimOf(value: string | null): Claim {
  return value === 'managed' || value === 'unmanaged' ? value : 'unknown';
}

/** The vendor's composite status; composed by its own rule where it is not given. */
export function statusOf(user: Pick<VendorUser, 'status' | 'accountStatus' | 'membershipStatus' | 'forDeletion'>): AccountStatus {
  // Both sides write these alike.
  const composite = statuses.find((status) => status === user.status);
  if (composite !== undefined) return composite;
  if (user.forDeletion === true) return 'for_deletion';
  if (user.accountStatus === 'inactive' || user.accountStatus === 'closed') return 'deactivated';
  if (user.accountStatus !== 'active') return 'unknown';
  if (user.membershipStatus === 'active' || user.membershipStatus === 'suspended') return user.membershipStatus;
  return user.membershipStatus === 'no_membership' ? 'not_invited' : 'unknown';
}

const detailNames = ['jobTitle', 'department', 'organization', 'location'] as const;

/** One user of one directory. */
export function accountRecord(user: VendorUser, directoryId: string | null, timeZone: string): AccountRecord {
  const added = user.addedToOrg === null ? null : new Date(user.addedToOrg);
  const details: Record<string, string> = {};
  for (const name of detailNames) {
    const value = user[name];
    if (value !== null && value !== '') details[name] = value;
  }
  // How many resources the vendor counts: more than the apps it named means that some were left out (never used ones).
  if (typeof user.counts?.resources === 'number') details['resources'] = String(user.counts.resources);
  if (user.mfaEnabled !== null) details['mfaEnabled'] = String(user.mfaEnabled);
  return {
    type: 'account',
    vendorId: asVendorId(user.accountId),
    accountType: accountTypeOf(user.accountType),
    status: statusOf(user),
    claim: claimOf(user.claimStatus),
    name: user.name ?? user.nickname,
    email: user.email,
    managementSource: user.managementSource,
    platformRoles: user.platformRoles ?? [],
    directoryVendorId: directoryId === null || user.membershipStatus === 'no_membership' ? null : asVendorId(directoryId),
    directorySuspended: user.membershipStatus === 'suspended' || user.status === 'suspended',
    details,
    addedOn: added === null || Number.isNaN(added.getTime()) ? null : civilDateIn(added, timeZone),
  };
}
