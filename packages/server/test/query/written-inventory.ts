import type { AccountFacts, QueriedAccess } from '@rollcall/core';
import { foldCase, startOfMonth } from '@rollcall/core';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Coverage } from '../../src/features/query/index.ts';
import type { Database } from '../../src/db/index.ts';
import { domainOf, evidence, groups, resources, searchText } from './random-inventory.ts';
import type { RandomAccess, RandomAccount } from './random-inventory.ts';

/** What stands in the database, with the ids it gave. */
export interface WrittenInventory {
  readonly workspaceId: number;
  readonly realmIds: readonly number[];
  readonly resourceIds: readonly number[];
  readonly evidenceIds: readonly number[];
  readonly sources: readonly { id: string; name: string; realmId: number }[];
  readonly accounts: readonly { readonly id: number; readonly vendorId: string; readonly account: RandomAccount }[];
}

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export async function writeInventory(db: Kysely<Database>, accounts: readonly RandomAccount[]): Promise<WrittenInventory> {
  const { id: workspaceId } = await db.insertInto('workspace').values({ key: sql`gen_random_uuid()`, name: 'Test' } as never).returning('id').executeTakeFirstOrThrow();
  const realmIds: number[] = [];
  for (const kind of ['atlassian-org', 'csv'] as const) {
    realmIds.push((await db.insertInto('realm').values({ workspace_id: workspaceId, kind, vendor_id: kind, name: kind }).returning('id').executeTakeFirstOrThrow()).id);
  }
  const sources = [{ id: uuid(1), name: 'Org', realmId: realmIds[0]! }, { id: uuid(2), name: 'A file', realmId: realmIds[1]! }];
  const resourceIds: number[] = [];
  for (const one of resources) {
    resourceIds.push((await db.insertInto('resource').values({ workspace_id: workspaceId, realm_id: realmIds[0]!, vendor_id: one.vendorId, app: one.app, site: one.site, site_url: one.siteUrl }).returning('id').executeTakeFirstOrThrow()).id);
  }
  const evidenceIds: number[] = [];
  for (const [n, one] of evidence.entries()) {
    const source = await db.insertInto('source').values({ id: uuid(10 + n), workspace_id: workspaceId, realm_id: realmIds[0]!, kind: 'atlassian-org', name: `evidence ${n}`, history_from: one.historyFrom }).returning('id').executeTakeFirstOrThrow();
    evidenceIds.push((await db.insertInto('evidence').values({ workspace_id: workspaceId, source_id: source.id, kind: 'orgSearch', known_through: one.knownThrough }).returning('id').executeTakeFirstOrThrow()).id);
  }
  const groupIds: number[] = [];
  for (const name of groups) {
    groupIds.push((await db.insertInto('account_group').values({ workspace_id: workspaceId, realm_id: realmIds[0]!, vendor_id: name, name, gone_at: name === 'gone-group' ? new Date(0) : null }).returning('id').executeTakeFirstOrThrow()).id);
  }
  const written: { id: number; vendorId: string; account: RandomAccount }[] = [];
  for (const [n, account] of accounts.entries()) {
    const vendorId = `account-${n}`;
    const { id } = await db.insertInto('account').values({
      workspace_id: workspaceId, realm_id: realmIds[account.realm]!, vendor_id: vendorId, account_type: account.type, status: account.status, claim: account.claim,
      name: account.name, email: account.email, email_domain: domainOf(account.email), management_source: account.managementSource, platform_roles: account.roles, added_on: account.addedOn,
      looks_like_service: account.service, protected_by: account.protectedBy, sort_name: foldCase(account.name ?? account.email ?? vendorId), sort_email: foldCase(account.email ?? ''), search_text: searchText(account, vendorId),
    }).returning('id').executeTakeFirstOrThrow();
    written.push({ id, vendorId, account });
    if (account.groups.length > 0) await db.insertInto('group_member').values(account.groups.map((group) => ({ workspace_id: workspaceId, group_id: groupIds[group]!, account_id: id }))).execute();
    for (const access of account.accesses) await writeAccess(db, workspaceId, id, access, resourceIds, evidenceIds);
  }
  return { workspaceId, realmIds, resourceIds, evidenceIds, sources, accounts: written };
}

async function writeAccess(db: Kysely<Database>, workspaceId: number, accountId: number, access: RandomAccess, resourceIds: readonly number[], evidenceIds: readonly number[]): Promise<void> {
  const { id } = await db.insertInto('access').values({
    workspace_id: workspaceId, account_id: accountId, resource_id: resourceIds[access.resource]!, holding: access.holding, last_kind: access.reading.lastKind, last_on: access.reading.lastOn,
    evidence_id: access.evidence === null ? null : evidenceIds[access.evidence]!, known_through: access.knownThrough, granted_on: access.grantedOn, clock_on: access.clockOn,
    unknown_why: access.reading.lastKind === 'unknown' ? 'notGiven' : null,
  }).returning('id').executeTakeFirstOrThrow();
  const months = new Map<string, number>();
  for (const active of access.activeDays) months.set(startOfMonth(active), (months.get(startOfMonth(active)) ?? 0) | (1 << (Number(active.slice(8)) - 1)));
  for (const [month, bits] of months) await db.insertInto('activity_month').values({ workspace_id: workspaceId, access_id: id, month: month as never, days: bits }).execute();
}

/** The same accounts as core's evaluator takes them, made from what was generated and not from what the database says. */
export function factsOf(inventory: WrittenInventory, index: number, coverage: Coverage, allowed: readonly number[] | null): AccountFacts {
  const one = inventory.accounts[index]!;
  const { account } = one;
  const realmId = inventory.realmIds[account.realm]!;
  const read = (kind: keyof Coverage): boolean => coverage[kind] === 'everywhere' || coverage[kind].includes(realmId);
  const text = (value: string | null, whenNull: boolean) => (value !== null ? { kind: 'known' as const, value } : { kind: whenNull ? 'absent' as const : 'unread' as const });
  const shown = account.accesses.filter((access) => allowed === null || allowed.includes(inventory.resourceIds[access.resource]!));
  return {
    id: one.vendorId,
    name: text(account.name, false),
    email: text(account.email, read('emails')),
    domain: text(domainOf(account.email), read('emails')),
    status: account.status,
    type: account.type,
    managed: account.claim === 'unknown' ? { kind: 'unread' } : { kind: 'known', value: account.claim === 'managed' },
    roles: account.roles,
    groups: { items: account.groups.map((group) => groups[group]!).filter((name) => name !== 'gone-group').toSorted(), complete: read('groups') },
    sources: inventory.sources.flatMap((source) => (source.realmId === realmId ? [source.name, source.id] : [])),
    added: account.addedOn === null ? { kind: 'unread' } : { kind: 'known', value: account.addedOn },
    protected: account.protectedBy !== null,
    service: account.service,
    idp: account.managementSource === null && !read('identityProvider') ? { kind: 'unread' } : { kind: 'known', value: account.managementSource === 'synced' },
    accesses: { items: shown.map((access) => accessOf(inventory, access)).toSorted((a, b) => a.resourceId - b.resourceId), complete: read('accesses') },
  };
}

function accessOf(inventory: WrittenInventory, access: RandomAccess): QueriedAccess {
  const resource = resources[access.resource]!;
  const proof = access.evidence === null ? null : evidence[access.evidence]!;
  const { lastKind, lastOn } = access.reading;
  return {
    resourceId: inventory.resourceIds[access.resource]!, app: resource.app, site: resource.site, siteUrl: resource.siteUrl, holding: access.holding,
    lastActive: lastOn !== null ? { kind: 'at', on: lastOn, at: null } : lastKind === 'never' ? { kind: 'never' } : { kind: 'unknown', why: 'notGiven' },
    knownThrough: access.knownThrough ?? proof?.knownThrough ?? null, clockStart: access.clockOn, historyFrom: proof?.historyFrom ?? null,
    activeDays: access.activeDays.toSorted(), grantedOn: access.grantedOn,
  };
}
