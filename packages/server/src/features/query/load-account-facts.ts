import { absent, addDays, known, parseCivilDate, unread } from '@rollcall/core';
import type { AccountFacts, CivilDate, Fact, LastActive, QueriedAccess, UnknownWhy } from '@rollcall/core';
import type { Kysely, Selectable } from 'kysely';
import type { AccessTable, AccountTable, Database } from '../../db/schema.ts';
import type { CompileContext, ReadIn } from './compile-context.ts';

type AccountRow = Selectable<AccountTable>;
type AccessRow = Selectable<AccessTable>;

/**
 * What core's evaluator and `explainQuery` need to know of the accounts, by account id; ids of other workspaces are left out. Meant for a screen's worth of accounts.
 */
export async function loadAccountFacts(db: Kysely<Database>, accountIds: readonly number[], context: CompileContext): Promise<ReadonlyMap<number, AccountFacts>> {
  const accounts = await db.selectFrom('account').selectAll().where('workspace_id', '=', context.workspaceId).where('id', 'in', [...accountIds]).execute();
  const ids = accounts.map((account) => account.id);
  if (ids.length === 0) return new Map();
  const groups = groupBy(await readGroups(db, ids), (row) => row.account_id);
  const accesses = groupBy(await readAccesses(db, ids, context), (row) => row.account_id);
  const days = await readActiveDays(db, [...accesses.values()].flat().map((row) => row.id));
  return new Map(accounts.map((account) => {
    const queried = (accesses.get(account.id) ?? []).flatMap((row) => accessFacts(row, days.get(row.id) ?? [], context));
    return [account.id, accountFacts(account, (groups.get(account.id) ?? []).map((row) => row.name), queried, context)];
  }));
}

function readGroups(db: Kysely<Database>, ids: readonly number[]) {
  return db.selectFrom('group_member as m').innerJoin('account_group as g', 'g.id', 'm.group_id').select(['m.account_id', 'g.name'])
    .where('m.account_id', 'in', [...ids]).where('g.gone_at', 'is', null).orderBy('g.name').execute();
}

function readAccesses(db: Kysely<Database>, ids: readonly number[], context: CompileContext) {
  const allowed = context.allowedResourceIds;
  return db.selectFrom('access').selectAll().where('account_id', 'in', [...ids])
    .$if(allowed !== null, (query) => query.where('resource_id', 'in', allowed !== null && allowed.length > 0 ? [...allowed] : [-1])).orderBy('resource_id').execute();
}

async function readActiveDays(db: Kysely<Database>, accessIds: readonly number[]): Promise<ReadonlyMap<number, readonly CivilDate[]>> {
  if (accessIds.length === 0) return new Map();
  const months = await db.selectFrom('activity_month').select(['access_id', 'month', 'days']).where('access_id', 'in', [...accessIds]).orderBy('month').execute();
  const grouped = groupBy(months, (row) => row.access_id);
  return new Map([...grouped].map(([id, rows]) => [id, rows.flatMap((row) => daysOfMonth(row.month, row.days))]));
}

/** The days whose bits are set: bit 0 is the first day of the month. */
export function daysOfMonth(month: CivilDate, bits: number): readonly CivilDate[] {
  const days: CivilDate[] = [];
  for (let day = 0; bits >>> day !== 0 && day < 31; day += 1) if ((bits >>> day) & 1) days.push(addDays(month, day));
  return days;
}

function accountFacts(row: AccountRow, groups: readonly string[], accesses: readonly QueriedAccess[], context: CompileContext): AccountFacts {
  const { coverage } = context;
  const shown = readIn(coverage.emails, row.realm_id);
  return {
    id: row.vendor_id,
    name: row.name === null ? unread : known(row.name),
    email: fact(row.email, shown),
    domain: fact(row.email_domain, shown),
    status: row.status,
    type: row.account_type,
    managed: row.claim === 'unknown' ? unread : known(row.claim === 'managed'),
    roles: row.platform_roles,
    groups: { items: groups, complete: readIn(coverage.groups, row.realm_id) },
    sources: context.sources.flatMap((source) => (source.realmId === row.realm_id ? [source.name, source.id] : [])),
    added: row.added_on === null ? unread : known(row.added_on),
    protected: row.protected_by !== null,
    service: row.looks_like_service,
    idp: row.management_source === null && !readIn(coverage.identityProvider, row.realm_id) ? unread : known(row.management_source === 'synced'),
    accesses: { items: accesses, complete: readIn(coverage.accesses, row.realm_id) },
  };
}

function fact(value: string | null, nullMeansNone: boolean): Fact<string> {
  if (value !== null) return known(value);
  return nullMeansNone ? absent : unread;
}

function readIn(realms: ReadIn, realmId: number): boolean {
  return realms === 'everywhere' || realms.includes(realmId);
}

/** The columns of `access` that {@link accessFacts} needs. */
export const accessFactColumns = ['resource_id', 'holding', 'last_kind', 'last_on', 'last_at', 'unknown_why', 'evidence_id', 'known_through', 'granted_on', 'clock_on'] as const satisfies readonly (keyof AccessTable)[];
export type AccessFactColumn = (typeof accessFactColumns)[number];

/** One access as core judges it; empty for a resource of another workspace. */
export function accessFacts(row: Pick<AccessRow, AccessFactColumn>, activeDays: readonly CivilDate[], context: CompileContext): readonly QueriedAccess[] {
  const resource = context.resources.find((one) => one.id === row.resource_id);
  if (resource === undefined) return [];
  const evidence = context.evidence.find((one) => one.id === row.evidence_id);
  return [{
    resourceId: row.resource_id,
    app: resource.app,
    site: resource.site,
    siteUrl: resource.siteUrl,
    holding: row.holding,
    lastActive: lastActive(row),
    knownThrough: row.known_through ?? evidence?.knownThrough ?? null,
    clockStart: row.clock_on,
    historyFrom: evidence?.historyFrom ?? null,
    activeDays,
    grantedOn: row.granted_on,
  }];
}

const reasons = ['notRead', 'notGiven', 'noAccessColumn', 'noDate', 'unreadableDate', 'ambiguousDate', 'impossibleDate', 'futureDate'] as const satisfies readonly UnknownWhy[];

function lastActive(row: Pick<AccessRow, AccessFactColumn>): LastActive {
  if (row.last_kind === 'never') return { kind: 'never' };
  const on = row.last_on === null ? null : parseCivilDate(row.last_on);
  if (row.last_kind === 'at' && on !== null) return { kind: 'at', on, at: row.last_at?.toISOString() ?? null };
  return { kind: 'unknown', why: reasons.find((reason) => reason === row.unknown_why) ?? 'notRead' };
}

function groupBy<T>(rows: readonly T[], key: (row: T) => number): Map<number, readonly T[]> {
  const grouped = new Map<number, T[]>();
  for (const row of rows) {
    const list = grouped.get(key(row));
    if (list === undefined) grouped.set(key(row), [row]);
    else list.push(row);
  }
  return grouped;
}
