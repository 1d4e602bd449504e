import { storable, storableJson } from './storable.ts';
import { copyField, copyLine, copyTextIn } from '../../db/index.ts';
import type { AccessRecord, MemberRecord, SourceRecord } from '@rollcall/connectors/kit';
import type { CopyValue } from '../../db/index.ts';
import type pg from 'pg';

type Row = readonly CopyValue[];

/** The staging tables with the columns that {@link StagedText} fills, in order. */
const tables = {
  directory: { table: 'staged_directory', columns: ['sync_id', 'vendor_id', 'name'] },
  resource: { table: 'staged_resource', columns: ['sync_id', 'vendor_id', 'app', 'site', 'site_url', 'seats_used', 'seats_limit'] },
  group: { table: 'staged_group', columns: ['sync_id', 'vendor_id', 'directory_vendor_id', 'name', 'description', 'managed_by', 'modifiable', 'grants_apps'] },
  grant: { table: 'staged_grant', columns: ['sync_id', 'group_vendor_id', 'resource_vendor_id', 'role'] },
  account: {
    table: 'staged_account',
    columns: ['sync_id', 'vendor_id', 'account_type', 'status', 'claim', 'name', 'email', 'management_source', 'platform_roles', 'directory_vendor_id', 'directory_suspended', 'details', 'added_on'],
  },
  access: {
    table: 'staged_access',
    columns: ['sync_id', 'account_vendor_id', 'resource_vendor_id', 'holding', 'last_kind', 'last_on', 'last_at', 'unknown_why', 'known_through', 'evidence_kind'],
  },
  member: { table: 'staged_member', columns: ['sync_id', 'group_vendor_id', 'account_vendor_id'] },
  role: { table: 'staged_role', columns: ['sync_id', 'account_vendor_id', 'resource_vendor_id', 'role', 'method'] },
} as const;

/** The database takes pieces of about this many characters. */
const pieceLength = 64 * 1024;

/**
 * Records as the text by which COPY takes them. They are made into text as soon as they were read: the database loads some while the next are read, and neither waits for the
 * other longer than it must.
 */
export class StagedText {
  /** How many records it holds. */
  count = 0;
  readonly #syncId: string;
  readonly #texts = new Map<SourceRecord['type'], Pieces>();

  constructor(syncId: string) {
    this.#syncId = syncId;
  }

  add(records: readonly SourceRecord[]): void {
    for (const record of records) this.#textOf(record.type).add(lineOf(this.#syncId, record));
    this.count += records.length;
  }

  /** Loads it into the staging tables on the caller's transaction. All or nothing with that transaction. */
  async load(client: pg.ClientBase): Promise<void> {
    for (const [type, text] of this.#texts) await copyTextIn(client, tables[type], text.all());
  }

  #textOf(type: SourceRecord['type']): Pieces {
    const known = this.#texts.get(type);
    if (known !== undefined) return known;
    const made = new Pieces();
    this.#texts.set(type, made);
    return made;
  }
}

class Pieces {
  readonly #whole: Uint8Array[] = [];
  #open = '';

  add(line: string): void {
    this.#open += line;
    if (this.#open.length < pieceLength) return;
    // As bytes: a text put together from many lines is a tree of all of them, which is dear to keep.
    this.#whole.push(Buffer.from(this.#open));
    this.#open = '';
  }

  all(): readonly (string | Uint8Array)[] {
    return this.#open === '' ? this.#whole : [...this.#whole, this.#open];
  }
}

/** The two kinds of which there are millions are written out below, with the columns in their order; the others go by way of their values. */
function lineOf(syncId: string, record: SourceRecord): string {
  if (record.type === 'access') return accessLine(syncId, record);
  if (record.type === 'member') return memberLine(syncId, record);
  return copyLine(rowOf(syncId, record).map((value) => (typeof value === 'string' ? storable(value) : value)));
}

function accessLine(syncId: string, { accountVendorId, resourceVendorId, holding, lastActive, knownThrough, evidence }: AccessRecord): string {
  return `${syncId}\t${fieldOf(accountVendorId)}\t${fieldOf(resourceVendorId)}\t${holding}\t${activityOf(lastActive)}\t${knownThrough ?? none}\t${evidence}\n`;
}

function memberLine(syncId: string, { groupVendorId, accountVendorId }: MemberRecord): string {
  return `${syncId}\t${fieldOf(groupVendorId)}\t${fieldOf(accountVendorId)}\n`;
}

const none = String.raw`\N`;

function fieldOf(text: string): string {
  return copyField(storable(text));
}

/** last_kind, last_on, last_at, unknown_why. */
function activityOf(last: AccessRecord['lastActive']): string {
  switch (last.kind) {
    case 'at':
      return `at\t${last.on}\t${last.at === null ? none : fieldOf(last.at)}\t${none}`;
    case 'never':
      return `never\t${none}\t${none}\t${none}`;
    case 'unknown':
      return `unknown\t${none}\t${none}\t${last.why}`;
  }
}

function rowOf(syncId: string, record: Exclude<SourceRecord, AccessRecord | MemberRecord>): Row {
  switch (record.type) {
    case 'directory':
      return [syncId, record.vendorId, record.name];
    case 'resource':
      return [syncId, record.vendorId, record.app, record.site, record.siteUrl, record.seatsUsed, record.seatsLimit];
    case 'group':
      return [syncId, record.vendorId, record.directoryVendorId, record.name, record.description, record.managedBy, record.modifiable, record.mayGrant];
    case 'grant':
      return [syncId, record.groupVendorId, record.resourceVendorId, record.role];
    case 'account':
      return [
        syncId, record.vendorId, record.accountType, record.status, record.claim, record.name, record.email, record.managementSource,
        record.platformRoles.map(storable), record.directoryVendorId, record.directorySuspended, storableJson(record.details), record.addedOn,
      ];
    case 'role':
      return [syncId, record.accountVendorId, record.resourceVendorId, record.role, record.method];
  }
}
