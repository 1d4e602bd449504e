import type { AccessRecord, AccountRecord, GroupRecord, MemberRecord, SourceRecord } from '@rollcall/connectors/kit';
import type { ExportAccess, ExportGroup, ExportLayout, ExportRecord } from '@rollcall/connectors/csv';
import type { LastActive, VendorId } from '@rollcall/core';

/** Ids that a file gives are as good as a vendor's: kept as given. The brand is put on here and nowhere else in this feature. */
function asVendorId(text: string): VendorId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand has no other way to come about
  return text as VendorId;
}

/** Turns accounts of a file into records of a source. Names each app, site and group once, when it first comes up. */
export class ExportRecords {
  readonly #layout: ExportLayout;
  /** By app and, within it, by site: the id of each. A file names the same few of them millions of times. */
  readonly #resources = new Map<string, Map<string | null, VendorId>>();
  readonly #groups = new Set<string>();

  constructor(layout: ExportLayout) {
    this.#layout = layout;
  }

  /** The apps that the header names: there also when nobody has them. */
  ofHeader(): SourceRecord[] {
    const records: SourceRecord[] = [];
    for (const { app, site } of this.#layout.resources) this.#resource(app, site, records);
    return records;
  }

  of(record: ExportRecord): SourceRecord[] {
    const key = asVendorId(record.key);
    const records: SourceRecord[] = [this.#account(record, key)];
    for (const access of record.accesses) {
      const resource = this.#resource(access.app, access.site, records);
      const read = accessOf(record, access, key, resource);
      if (read !== null) records.push(read);
    }
    for (const group of record.groups) records.push(...this.#group(group), memberOf(group, key));
    return records;
  }

  #account(record: ExportRecord, vendorId: VendorId): AccountRecord {
    const administers = record.orgRole !== null && /admin/iu.test(record.orgRole);
    const details: Record<string, string> = {};
    if (record.orgRole !== null) details['orgRole'] = record.orgRole;
    if (record.username !== null) details['username'] = record.username;
    if (record.lastActive?.kind === 'at') details['lastActiveInAnyApp'] = record.lastActive.on;
    return {
      type: 'account', vendorId, accountType: record.accountType, status: record.status, claim: this.#layout.shape === 'managedAccounts' ? 'managed' : 'unknown', name: record.name ?? record.username, email: record.email,
      managementSource: null, platformRoles: administers ? ['atlassian/org-admin'] : [], directoryVendorId: null, directorySuspended: false, details, addedOn: record.addedOn,
    };
  }

  /** The id of an app on a site. Names it among the records when it comes up for the first time; sites that differ by capital letters alone are one. */
  #resource(app: string, site: string | null, records: SourceRecord[]): VendorId {
    const sites = this.#resources.get(app) ?? new Map<string | null, VendorId>();
    const known = sites.get(site);
    if (known !== undefined) return known;
    const vendorId = asVendorId(`csv:${app}:${(site ?? '').toLowerCase()}`);
    if (![...sites.values()].includes(vendorId)) records.push({ type: 'resource', vendorId, app, site: site ?? '', siteUrl: null, seatsUsed: null, seatsLimit: null });
    this.#resources.set(app, sites.set(site, vendorId));
    return vendorId;
  }

  #group(group: ExportGroup): GroupRecord[] {
    const vendorId = groupIdOf(group);
    if (this.#groups.has(vendorId)) return [];
    this.#groups.add(vendorId);
    return [{ type: 'group', vendorId, directoryVendorId: null, name: group.name === '' ? (group.id ?? '') : group.name, description: null, managedBy: null, modifiable: false, mayGrant: false }];
  }
}

function groupIdOf(group: ExportGroup): VendorId {
  return asVendorId(`csv-group:${group.id ?? group.name}`);
}

function memberOf(group: ExportGroup, accountVendorId: VendorId): MemberRecord {
  return { type: 'member', groupVendorId: groupIdOf(group), accountVendorId };
}

/** Null: the account has no access and was not seen there, which is what no row says as well. */
function accessOf(record: ExportRecord, access: ExportAccess, accountVendorId: VendorId, resourceVendorId: VendorId): AccessRecord | null {
  const lastActive = activityOf(record, access);
  if (access.holding === 'none' && lastActive.kind !== 'at') return null;
  return { type: 'access', accountVendorId, resourceVendorId, holding: access.holding, lastActive, knownThrough: null, evidence: 'csv' };
}

/** Who never did anything anywhere never used this app. A day of last activity somewhere says nothing about one app. */
function activityOf(record: ExportRecord, access: ExportAccess): LastActive {
  if (access.lastActive.kind === 'unknown' && access.lastActive.why === 'notGiven' && record.lastActive?.kind === 'never') return record.lastActive;
  return access.lastActive;
}
