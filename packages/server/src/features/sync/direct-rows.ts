import { servicePattern } from './service-words.ts';
import { storable, storableJson } from './storable.ts';
import type { AccessRecord, AccountRecord, GroupRecord, ResourceRecord, SourceRecord } from '@rollcall/connectors/kit';
import type { CopyTarget, CopyValue } from '../../db/index.ts';
import type { OpenSync } from './sync-record.ts';
import type pg from 'pg';

type Line = readonly CopyValue[];

const targets = {
  account: {
    table: 'account',
    columns: [
      'id', 'workspace_id', 'realm_id', 'vendor_id', 'account_type', 'status', 'claim', 'name', 'email', 'email_domain', 'management_source', 'platform_roles', 'details', 'added_on', 'looks_like_service',
      'protected_by', 'sort_name', 'sort_email', 'search_text',
    ],
  },
  access: { table: 'access', columns: ['id', 'workspace_id', 'account_id', 'resource_id', 'holding', 'last_kind', 'last_on', 'last_at', 'unknown_why', 'evidence_id', 'clock_on'] },
  month: { table: 'activity_month', columns: ['workspace_id', 'access_id', 'month', 'days'] },
  member: { table: 'group_member', columns: ['workspace_id', 'group_id', 'account_id'] },
} as const satisfies Record<string, CopyTarget>;

export interface CopyPiece {
  readonly target: CopyTarget;
  readonly lines: readonly Line[];
}

/**
 * Makes rows of the inventory itself out of records, each account's records following it. Ids come from the tables' own sequences. Counts what it
 * made. The columns are filled as merge-accounts and merge-accesses fill them; a test compares the two ways.
 */
export class DirectRows {
  accounts = 0;
  accesses = 0;
  members = 0;
  readonly #sync: OpenSync;
  readonly #evidenceId: number;
  readonly #resources = new Map<string, number>();
  readonly #groups = new Map<string, number>();

  constructor(sync: OpenSync, evidenceId: number) {
    this.#sync = sync;
    this.#evidenceId = evidenceId;
  }

  /** The rows of some records, in the order in which they refer to each other. Apps and groups are inserted on the way. */
  async prepare(client: pg.ClientBase, records: readonly SourceRecord[]): Promise<readonly CopyPiece[]> {
    const counts = Map.groupBy(records, (record) => record.type);
    for (const record of records) {
      if (record.type === 'resource') await this.#addResource(client, record);
      if (record.type === 'group') await this.#addGroup(client, record);
    }
    let accountId = await reserveIds(client, 'account', counts.get('account')?.length ?? 0);
    let accessId = await reserveIds(client, 'access', counts.get('access')?.length ?? 0);
    const account: Line[] = [];
    const access: Line[] = [];
    const month: Line[] = [];
    const member: Line[] = [];
    const { workspaceId } = this.#sync;
    const ids = new Map<string, { readonly id: number; readonly addedOn: string | null }>();
    for (const record of records) {
      if (record.type === 'account') {
        ids.set(record.vendorId, { id: accountId, addedOn: record.addedOn });
        account.push(this.#account(record, accountId));
        accountId += 1;
      } else if (record.type === 'access') {
        const owner = ids.get(record.accountVendorId);
        const resourceId = this.#resources.get(record.resourceVendorId);
        if (owner === undefined || resourceId === undefined) throw new Error('An access came before its account or its app.');
        access.push(this.#access(record, accessId, owner, resourceId));
        if (record.lastActive.kind === 'at') month.push([workspaceId, accessId, `${record.lastActive.on.slice(0, 8)}01`, 1 << (Number(record.lastActive.on.slice(8)) - 1)]);
        accessId += 1;
      } else if (record.type === 'member') {
        const owner = ids.get(record.accountVendorId);
        const groupId = this.#groups.get(record.groupVendorId);
        if (owner === undefined || groupId === undefined) throw new Error('A membership came before its account or its group.');
        member.push([workspaceId, groupId, owner.id]);
      }
    }
    this.accounts += account.length;
    this.accesses += access.length;
    this.members += member.length;
    return [{ target: targets.account, lines: account }, { target: targets.access, lines: access }, { target: targets.month, lines: month }, { target: targets.member, lines: member }];
  }

  #account(record: AccountRecord, id: number): Line {
    const name = record.name === null ? null : storable(record.name);
    const email = record.email === null ? null : storable(record.email);
    const vendorId = storable(record.vendorId);
    const at = email?.indexOf('@') ?? -1;
    const domain = email === null || at < 0 ? null : (email.split('@')[1] ?? '').toLowerCase();
    const words = [name, email === null || at < 0 ? email : email.slice(0, at)].filter((text) => text !== null).join(' ').toLowerCase();
    return [
      id, this.#sync.workspaceId, this.#sync.source.realmId, vendorId, record.accountType, record.status, record.claim, name, email, domain === '' ? null : domain, record.managementSource,
      record.platformRoles.map(storable), storableJson(record.details), record.addedOn, servicePattern.test(words), protectionOf(record),
      (name || email || vendorId).toLowerCase(), (email ?? '').toLowerCase(), [name, email, vendorId].filter((text) => text !== null).join(' ').toLowerCase(),
    ];
  }

  #access({ holding, lastActive }: AccessRecord, id: number, owner: { readonly id: number; readonly addedOn: string | null }, resourceId: number): Line {
    const last = lastActive.kind === 'at' ? [lastActive.on, lastActive.at, null] : [null, null, lastActive.kind === 'unknown' ? lastActive.why : null];
    return [id, this.#sync.workspaceId, owner.id, resourceId, holding, lastActive.kind, ...last, this.#evidenceId, owner.addedOn];
  }

  async #addResource(client: pg.ClientBase, record: ResourceRecord): Promise<void> {
    const { rows } = await client.query<{ id: number }>(
      `insert into resource (workspace_id, realm_id, vendor_id, app, site) values ($1, $2, $3, $4, $5)
       on conflict (realm_id, vendor_id) do update set app = excluded.app, site = excluded.site, gone_at = null returning id`,
      [this.#sync.workspaceId, this.#sync.source.realmId, record.vendorId, record.app, record.site],
    );
    if (rows[0] !== undefined) this.#resources.set(record.vendorId, rows[0].id);
  }

  async #addGroup(client: pg.ClientBase, record: GroupRecord): Promise<void> {
    const { rows } = await client.query<{ id: number }>(
      `insert into account_group (workspace_id, realm_id, vendor_id, name, modifiable) values ($1, $2, $3, $4, $5)
       on conflict (realm_id, vendor_id) do update set name = excluded.name, gone_at = null returning id`,
      [this.#sync.workspaceId, this.#sync.source.realmId, storable(record.vendorId), storable(record.name), record.modifiable],
    );
    if (rows[0] !== undefined) this.#groups.set(record.vendorId, rows[0].id);
  }
}

function protectionOf({ accountType, platformRoles }: AccountRecord): string | null {
  if (accountType === 'app') return 'appAccount';
  if (accountType === 'customer') return 'customerAccount';
  return platformRoles.length > 0 ? 'platformRole' : null;
}

/** The first of so many ids in a row. Others may draw from the sequence meanwhile: then the row has gaps, and is drawn again. */
async function reserveIds(client: pg.ClientBase, table: 'account' | 'access', count: number): Promise<number> {
  if (count === 0) return 0;
  for (;;) {
    const { rows } = await client.query<{ first: number; last: number }>(
      `select min(id) as first, max(id) as last from (select nextval(pg_get_serial_sequence($1, 'id')) as id from generate_series(1, $2::integer)) as drawn`, [table, count]);
    const [row] = rows;
    if (row !== undefined && row.last - row.first + 1 === count) return row.first;
  }
}
