import { accountStatusChoices, accountTypeChoices, appTitle } from '@rollcall/core';
import type { RouteRequest, RouteResult, inventoryRoutes } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { inventoryColumns } from './columns.ts';

type Values = RouteResult<typeof inventoryRoutes.values>['items'];
type Asked = RouteRequest<typeof inventoryRoutes.values>['query'];

/** At most this many values are offered. */
const limit = 50;
/** Known values of a field that begin with (or, for short lists, hold) the prefix, limited to what the asker may see. */
export async function readValues(db: Kysely<Database>, scope: Scope, { field, prefix, sourceId }: Asked): Promise<Values> {
  switch (field) {
    case 'app':
      return matching(unique((await inventoryColumns(db, scope)).map(({ app }) => plain(app, appTitle(app)))), prefix);
    case 'site':
      return matching(unique((await inventoryColumns(db, scope)).map(({ site }) => plain(site))), prefix);
    case 'status':
      return matching(accountStatusChoices.map((one) => plain(one)), prefix);
    case 'type':
      return matching(accountTypeChoices.map((one) => plain(one)), prefix);
    case 'source':
      return matching(await sourceNames(db, scope), prefix);
    case 'group':
      return groupNames(db, scope, prefix, sourceId ?? null);
    case 'domain':
      return domains(db, scope, prefix);
    case 'role':
      return matching(await roles(db, scope), prefix);
  }
}

function plain(value: string, label: string = value): Values[number] {
  return { value, label, accounts: null };
}

function unique(values: Values): Values {
  return [...new Map(values.map((one) => [one.value, one])).values()];
}

function matching(values: Values, prefix: string): Values {
  const wanted = prefix.toLowerCase();
  const starts = values.filter(({ value, label }) => value.toLowerCase().startsWith(wanted) || label.toLowerCase().startsWith(wanted));
  const holds = values.filter((one) => !starts.includes(one) && one.label.toLowerCase().includes(wanted));
  return [...starts, ...holds].slice(0, limit);
}

async function sourceNames(db: Kysely<Database>, scope: Scope): Promise<Values> {
  const { rows } = await sql<{ name: string }>`
    select name from source where workspace_id = ${scope.workspaceId} and removed_at is null and (${scope.sourceIds}::uuid[] is null or id = any(${scope.sourceIds}::uuid[])) order by lower(name)`.execute(db);
  return rows.map(({ name }) => plain(name));
}

/** Who is limited sees the groups that grant something they may see. Groups of one source keep their ids; over all sources a name stands once. */
async function groupNames(db: Kysely<Database>, scope: Scope, prefix: string, sourceId: string | null): Promise<Values> {
  const allowed = await allowedResources(db, scope);
  const { rows } = await sql<{ id: number; name: string; modifiable: boolean; accounts: number }>`
    select g.id, g.name, g.modifiable, (select count(*) from (select from group_member m where m.group_id = g.id limit 10000) as few) as accounts
    from account_group g
    where g.workspace_id = ${scope.workspaceId} and g.gone_at is null and lower(g.name) like ${like(prefix)}
      and (${sourceId}::uuid is null or g.realm_id = (select s.realm_id from source s where s.id = ${sourceId}::uuid and s.workspace_id = ${scope.workspaceId}))
      and (${allowed}::int[] is null or exists (select from group_grant h where h.group_id = g.id and h.resource_id = any(${allowed}::int[])))
    order by lower(g.name), g.id limit ${limit}`.execute(db);
  if (sourceId !== null) return rows.map(({ id, name, modifiable, accounts }) => ({ value: name, label: name, accounts, groupId: id, modifiable }));
  return unique(rows.map(({ name, accounts }) => ({ value: name, label: name, accounts })));
}

/** Walks from one domain to the next in the index, so that a million accounts cost no more than the domains that are offered. */
async function domains(db: Kysely<Database>, scope: Scope, prefix: string): Promise<Values> {
  const allowed = await allowedResources(db, scope);
  const wanted = prefix.toLowerCase();
  const seen = sql`(${allowed}::int[] is null or exists (select from access x where x.account_id = a.id and x.resource_id = any(${allowed}::int[])))`;
  const next = (after: ReturnType<typeof sql>) => sql`(
    select a.email_domain from account a where a.workspace_id = ${scope.workspaceId} and a.gone_at is null and ${after} and ${seen} order by a.email_domain limit 1)`;
  const { rows } = await sql<{ domain: string }>`
    with recursive known as (
      select ${next(sql`a.email_domain >= ${wanted}::text`)} as domain, 1 as n
      union all
      select ${next(sql`a.email_domain > known.domain`)}, n + 1 from known where known.domain is not null and n < ${limit} and starts_with(known.domain, ${wanted}::text))
    select domain from known where domain is not null and starts_with(domain, ${wanted}::text)`.execute(db);
  return rows.map(({ domain }) => plain(domain));
}

async function roles(db: Kysely<Database>, scope: Scope): Promise<Values> {
  const allowed = await allowedResources(db, scope);
  const { rows } = await sql<{ role: string; accounts: number }>`
    select role, count(*) as accounts from account a cross join lateral unnest(a.platform_roles) as role
    where a.workspace_id = ${scope.workspaceId} and a.gone_at is null and a.platform_roles <> '{}'
      and (${allowed}::int[] is null or exists (select from access x where x.account_id = a.id and x.resource_id = any(${allowed}::int[])))
    group by role order by role limit ${limit}`.execute(db);
  return rows.map(({ role, accounts }) => ({ value: role, label: role, accounts }));
}

/** Null: no limit. */
export async function allowedResources(db: Kysely<Database>, scope: Pick<Scope, 'workspaceId' | 'sourceIds' | 'sites'>): Promise<number[] | null> {
  if (scope.sourceIds === null && scope.sites === null) return null;
  const { rows } = await sql<{ id: number }>`
    select r.id from resource r where r.workspace_id = ${scope.workspaceId} and (${scope.sites}::text[] is null or r.site = any(${scope.sites}::text[]))
      and (${scope.sourceIds}::uuid[] is null or exists (select from source s where s.realm_id = r.realm_id and s.removed_at is null and s.id = any(${scope.sourceIds}::uuid[])))`.execute(db);
  return rows.map(({ id }) => id);
}

function like(prefix: string): string {
  return `%${prefix.toLowerCase().replaceAll(/[\\%_]/gu, (char) => `\\${char}`)}%`;
}
