import { storable, storableJson } from './storable.ts';
import { copyIn } from '../../db/index.ts';
import type { CopyValue } from '../../db/index.ts';
import type { SourceRecord } from '@rollcall/connectors/kit';
import type pg from 'pg';

type Row = readonly CopyValue[];

/** The staging tables with the columns that {@link stageRecords} fills, in order. */
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

/** Loads records into the staging tables by COPY on the caller's transaction. All or nothing with that transaction. */
export async function stageRecords(client: pg.ClientBase, syncId: string, records: readonly SourceRecord[]): Promise<void> {
  const byType = Map.groupBy(records, (record) => record.type);
  for (const [type, some] of byType) {
    await copyIn(client, tables[type], rowsOf(syncId, some));
  }
}

/** Made one by one, as they are sent. */
function* rowsOf(syncId: string, records: readonly SourceRecord[]): Generator<Row> {
  for (const record of records) {
    const row = rowOf(syncId, record);
    yield row.some(holdsNul) ? row.map((value) => (typeof value === 'string' ? storable(value) : value)) : row;
  }
}

function holdsNul(value: CopyValue): boolean {
  return typeof value === 'string' && value.includes('\0');
}

function rowOf(syncId: string, record: SourceRecord): Row {
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
    case 'access':
      return [syncId, record.accountVendorId, record.resourceVendorId, record.holding, ...activityOf(record.lastActive), record.knownThrough, record.evidence];
    case 'member':
      return [syncId, record.groupVendorId, record.accountVendorId];
    case 'role':
      return [syncId, record.accountVendorId, record.resourceVendorId, record.role, record.method];
  }
}

function activityOf(last: Extract<SourceRecord, { type: 'access' }>['lastActive']): Row {
  switch (last.kind) {
    case 'at':
      return ['at', last.on, last.at, null];
    case 'never':
      return ['never', null, null, null];
    case 'unknown':
      return ['unknown', null, null, last.why];
  }
}
