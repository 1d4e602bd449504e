import type { CivilDate, Holding, LastActive, VendorId } from '@rollcall/core';

/** What a connector reads, in our words. Vendor shapes stop here. */
export type SourceRecord =
  | DirectoryRecord
  | ResourceRecord
  | GroupRecord
  | GrantRecord
  | AccountRecord
  | AccessRecord
  | MemberRecord
  | RoleRecord;

export interface DirectoryRecord {
  readonly type: 'directory';
  readonly vendorId: VendorId;
  readonly name: string;
}

/** An app on one site. `vendorId` is what accesses and grants refer to, in one normal form per connector. */
export interface ResourceRecord {
  readonly type: 'resource';
  readonly vendorId: VendorId;
  readonly app: string;
  readonly site: string;
  readonly siteUrl: string | null;
  readonly seatsUsed: number | null;
  readonly seatsLimit: number | null;
}

export interface GroupRecord {
  readonly type: 'group';
  readonly vendorId: VendorId;
  readonly directoryVendorId: VendorId | null;
  readonly name: string;
  readonly description: string | null;
  readonly managedBy: string | null;
  /** False: an identity provider owns the group and the vendor refuses changes. */
  readonly modifiable: boolean;
  /** True when the vendor says that the group grants roles on at least one resource, or does not say. */
  readonly mayGrant: boolean;
}

/** Membership of the group gives `role` on the resource. `resourceVendorId` may be the organisation's own id for platform roles. */
export interface GrantRecord {
  readonly type: 'grant';
  readonly groupVendorId: VendorId;
  readonly resourceVendorId: VendorId;
  readonly role: string;
}

export type AccountType = 'atlassian' | 'app' | 'customer' | 'unknown';
export type AccountStatus = 'active' | 'suspended' | 'deactivated' | 'invited' | 'not_invited' | 'for_deletion' | 'unknown';
export type Claim = 'managed' | 'unmanaged' | 'unknown';

export interface AccountRecord {
  readonly type: 'account';
  readonly vendorId: VendorId;
  readonly accountType: AccountType;
  readonly status: AccountStatus;
  readonly claim: Claim;
  readonly name: string | null;
  readonly email: string | null;
  readonly managementSource: string | null;
  readonly platformRoles: readonly string[];
  readonly directoryVendorId: VendorId | null;
  /** Suspended in this directory, whatever the composite status says. */
  readonly directorySuspended: boolean;
  /** Further facts by name: jobTitle, department, organization, location, mfaEnabled. */
  readonly details: Readonly<Record<string, string>>;
  readonly addedOn: CivilDate | null;
}

export type EvidenceKind = 'orgSearch' | 'lastActiveDates' | 'managedAccounts' | 'csv' | 'observed';

export interface AccessRecord {
  readonly type: 'access';
  readonly accountVendorId: VendorId;
  readonly resourceVendorId: VendorId;
  readonly holding: Holding;
  readonly lastActive: LastActive;
  /** Null: as the evidence as a whole. */
  readonly knownThrough: CivilDate | null;
  readonly evidence: EvidenceKind;
}

export interface MemberRecord {
  readonly type: 'member';
  readonly groupVendorId: VendorId;
  readonly accountVendorId: VendorId;
}

/** A role not explained by a group: `direct`, or `inferred` by the vendor from something else. */
export interface RoleRecord {
  readonly type: 'role';
  readonly accountVendorId: VendorId;
  readonly resourceVendorId: VendorId;
  readonly role: string;
  readonly method: 'direct' | 'inferred';
}
