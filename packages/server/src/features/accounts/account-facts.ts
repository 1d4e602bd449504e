import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';

/** What the asker may see around an account; null: all. */
export type Allowed = readonly number[] | null;

const ids = (allowed: Allowed) => sql`${allowed === null ? null : [...allowed]}::int[]`;
const within = (allowed: Allowed, column: ReturnType<typeof sql>) => sql`(${allowed === null}::boolean or ${column} = any(${ids(allowed)}))`;

export interface AccessRow {
  readonly id: number;
  readonly resourceId: number;
  readonly app: string;
  readonly site: string;
  readonly holding: 'has' | 'none' | 'unknown';
  readonly lastKind: 'at' | 'never' | 'unknown';
  readonly lastOn: string | null;
  readonly lastAt: Date | null;
  readonly unknownWhy: string | null;
  readonly grantedOn: string | null;
  readonly evidenceKind: string | null;
  readonly evidenceSource: string | null;
  readonly readAt: Date | null;
  readonly knownThrough: string | null;
}

export async function readAccessRows(db: Kysely<Database>, accountId: number, allowed: Allowed): Promise<readonly AccessRow[]> {
  const { rows } = await sql<AccessRow>`
    select x.id, x.resource_id as "resourceId", r.app, r.site, x.holding, x.last_kind as "lastKind", x.last_on as "lastOn", x.last_at as "lastAt", x.unknown_why as "unknownWhy",
      x.granted_on as "grantedOn", e.kind as "evidenceKind", s.name as "evidenceSource", e.read_at as "readAt", coalesce(x.known_through, e.known_through) as "knownThrough"
    from access x join resource r on r.id = x.resource_id left join evidence e on e.id = x.evidence_id left join source s on s.id = e.source_id
    where x.account_id = ${accountId}::bigint and ${within(allowed, sql`x.resource_id`)} order by x.id`.execute(db);
  return rows;
}

export interface ReadingRow {
  readonly accessId: number;
  readonly sourceName: string;
  readonly kind: 'at' | 'never' | 'unknown';
  readonly on: string | null;
  readonly knownThrough: string | null;
  readonly readAt: Date;
}

export async function readOtherReadings(db: Kysely<Database>, accountId: number, allowed: Allowed): Promise<readonly ReadingRow[]> {
  const { rows } = await sql<ReadingRow>`
    select v.access_id as "accessId", s.name as "sourceName", v.last_kind as kind, v.last_on as "on", v.known_through as "knownThrough", v.read_at as "readAt"
    from access x join access_reading v on v.access_id = x.id join source s on s.id = v.source_id
    where x.account_id = ${accountId}::bigint and ${within(allowed, sql`x.resource_id`)} order by v.read_at desc`.execute(db);
  return rows;
}

export interface GroupRow {
  readonly groupId: number;
  readonly name: string;
  readonly modifiable: boolean;
  readonly managedBy: string | null;
  readonly grants: readonly { readonly resourceId: number | null; readonly app: string | null; readonly site: string | null; readonly role: string }[];
}

/** The account's groups with what they grant; for who is limited, only groups and grants that concern an app within the limits. */
export async function readGroups(db: Kysely<Database>, accountId: number, allowed: Allowed): Promise<readonly GroupRow[]> {
  const { rows } = await sql<GroupRow>`
    select g.id as "groupId", g.name, g.modifiable, g.managed_by as "managedBy",
      coalesce((select jsonb_agg(jsonb_build_object('resourceId', h.resource_id, 'app', r.app, 'site', r.site, 'role', h.role) order by r.app, r.site, h.role)
        from group_grant h left join resource r on r.id = h.resource_id where h.group_id = g.id and ${within(allowed, sql`h.resource_id`)}), '[]') as grants
    from group_member m join account_group g on g.id = m.group_id
    where m.account_id = ${accountId}::bigint and g.gone_at is null
      and (${allowed === null}::boolean or exists (select from group_grant h where h.group_id = g.id and h.resource_id = any(${ids(allowed)})))
    order by lower(g.name), g.id`.execute(db);
  return rows;
}

export interface RoleRow {
  readonly resourceId: number | null;
  readonly resourceVendorId: string;
  readonly app: string | null;
  readonly site: string | null;
  readonly role: string;
  readonly method: 'direct' | 'inferred';
}

export async function readRoles(db: Kysely<Database>, accountId: number, allowed: Allowed): Promise<readonly RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select d.resource_id as "resourceId", d.resource_vendor_id as "resourceVendorId", r.app, r.site, d.role, d.method
    from direct_role d left join resource r on r.id = d.resource_id
    where d.account_id = ${accountId}::bigint and ${within(allowed, sql`d.resource_id`)} order by r.app, r.site, d.role`.execute(db);
  return rows;
}

export async function readDirectories(db: Kysely<Database>, accountId: number): Promise<{ readonly name: string; readonly suspended: boolean }[]> {
  const { rows } = await sql<{ name: string; suspended: boolean }>`
    select d.name, d.id = any(a.suspended_directory_ids) as suspended from account a join directory d on d.id = any(a.directory_ids) where a.id = ${accountId}::bigint order by lower(d.name), d.id`.execute(db);
  return [...rows];
}
