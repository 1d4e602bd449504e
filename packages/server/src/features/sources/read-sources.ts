import { appTitle } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import { sql } from 'kysely';
import { healthOf } from './source-health.ts';
import { readRates, tenantOf } from './rate-left.ts';
import { noSuchSource, syncDto, visibleSource } from '../sync/index.ts';
import { keptPlan } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { Kysely, RawBuilder } from 'kysely';
import type { RouteResult, routes } from '@rollcall/contract';
import type { Scope } from '../../app/scope.ts';
import type { SourceHealth } from './source-health.ts';
import type { SyncFacts } from '../sync/index.ts';

export type SourceDto = RouteResult<typeof routes.sources.get>;

interface SourceRow {
  readonly id: string;
  readonly kind: 'atlassian-org' | 'csv';
  readonly name: string;
  readonly settings: { readonly organisationId?: string; readonly baseUrl?: string; readonly requestsPerMinute?: number };
  readonly realm_name: string;
  readonly time_zone: string;
  readonly key_owner: string | null;
  readonly key_expires_on: CivilDate | null;
  readonly has_key: boolean;
  readonly read_only: boolean;
  readonly sync_every_minutes: number | null;
  readonly next_sync_at: Date | null;
  readonly stale_after_hours: number;
  readonly check_report: SourceDto['checkReport'];
  readonly checked_at: Date | null;
  readonly attached_to: string | null;
  readonly last_full_read_at: Date | null;
  readonly created_at: Date;
  readonly apps: readonly { readonly id: number; readonly app: string; readonly site: string; readonly seats_used: number | null; readonly seats_limit: number | null }[];
  readonly newest_sync: SyncFacts | null;
  readonly last_failed: { readonly finished_at: string; readonly problem: { readonly code: string; readonly text: string } | null } | null;
  readonly accounts: number;
  readonly accesses: number;
  readonly unknown_accesses: number;
}

/** The sources that the asker may see, by name. */
export async function listSources(db: Kysely<Database>, scope: Scope, now: Date): Promise<readonly SourceDto[]> {
  return dtosOf(db, await rowsOf(db, scope, sql<boolean>`true`), now);
}

/** One source. What the asker may not see is not found. */
export async function readSource(db: Kysely<Database>, scope: Scope, sourceId: string, now: Date): Promise<SourceDto> {
  const [source] = await dtosOf(db, await rowsOf(db, scope, sql<boolean>`s.id = ${sourceId}::uuid`), now);
  if (source === undefined) throw noSuchSource();
  return source;
}

/** How the sources stand, for Home. */
export async function readSourceHealth(db: Kysely<Database>, scope: Scope, now: Date): Promise<readonly SourceHealth[]> {
  return (await listSources(db, scope, now)).map((source) => source.health);
}

async function rowsOf(db: Kysely<Database>, scope: Scope, condition: RawBuilder<boolean>): Promise<readonly SourceRow[]> {
  const sited = scope.sites === null ? sql<boolean>`true` : sql<boolean>`r.site = any(${[...scope.sites]}::text[])`;
  // The number of accounts stands in the last sync; who is limited to some sites is told of theirs.
  const accounts = scope.sites === null
    ? sql`coalesce((select (l.totals ->> 'accounts')::integer from sync l where l.id = s.last_sync_id), 0)`
    : sql`(select count(distinct c.account_id) from access c join resource r on r.id = c.resource_id join account a on a.id = c.account_id
        where r.realm_id = s.realm_id and ${sited} and c.holding <> 'none' and a.gone_at is null)::integer`;
  const { rows } = await sql<SourceRow>`
    ${keptPlan} select s.id, s.kind, s.name, s.settings, m.name as realm_name, s.time_zone, s.key_owner, s.key_expires_on, s.read_only, s.sync_every_minutes, s.next_sync_at,
      s.stale_after_hours, s.check_report, s.checked_at, s.attached_to, s.last_full_read_at, s.created_at,
      exists (select 1 from source_secret k where k.source_id = s.id) as has_key,
      (select coalesce(json_agg(json_build_object('id', r.id, 'app', r.app, 'site', r.site, 'seats_used', r.seats_used, 'seats_limit', r.seats_limit) order by r.site, r.app), '[]')
        from resource r where r.realm_id = s.realm_id and r.gone_at is null and ${sited}) as apps,
      (select to_json(y) from (select n.*, s.name as source_name from sync n where n.source_id = s.id order by n.queued_at desc, n.id desc limit 1) as y) as newest_sync,
      (select json_build_object('finished_at', f.finished_at, 'problem', f.problem) from sync f where f.source_id = s.id and f.state = 'failed' and f.finished_at is not null order by f.queued_at desc, f.id desc limit 1) as last_failed,
      ${accounts} as accounts,
      coalesce(u.accesses, 0)::integer as accesses, coalesce(u.unknown, 0)::integer as unknown_accesses
    from source s join realm m on m.id = s.realm_id
    left join lateral (
      select sum(d.accounts) as accesses, sum(d.accounts) filter (where d.last_kind = 'unknown') as unknown
      from usage_month d join resource r on r.id = d.resource_id where r.realm_id = s.realm_id and ${sited}) as u on true
    where s.removed_at is null and ${visibleSource(scope)} and ${condition}
    order by lower(s.name), s.id`.execute(db);
  return rows;
}

async function dtosOf(db: Kysely<Database>, rows: readonly SourceRow[], now: Date): Promise<readonly SourceDto[]> {
  const tenants = rows.map((row) => tenantOf(row.settings)).filter((tenant) => tenant !== null);
  const rates = tenants.length === 0 ? null : await readRates(db, tenants);
  return rows.map((row) => dtoOf(row, rates?.get(tenantOf(row.settings) ?? '') ?? [], now));
}

function dtoOf(row: SourceRow, rates: readonly SourceHealth['rates'][number][], now: Date): SourceDto {
  const newest = row.newest_sync === null ? null : syncDto(row.newest_sync, now);
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    organisationId: row.settings.organisationId ?? null,
    organisationName: row.kind === 'atlassian-org' ? row.realm_name : null,
    baseUrl: row.settings.baseUrl ?? null,
    timeZone: row.time_zone,
    keyOwner: row.key_owner,
    keyExpiresOn: row.key_expires_on,
    hasKey: row.has_key,
    readOnly: row.read_only,
    syncEveryMinutes: row.sync_every_minutes,
    nextSyncAt: row.next_sync_at?.toISOString() ?? null,
    staleAfterHours: row.stale_after_hours,
    requestsPerMinute: row.settings.requestsPerMinute ?? null,
    checkReport: row.check_report,
    checkedAt: row.checked_at?.toISOString() ?? null,
    attachedTo: row.attached_to,
    sites: [...new Set(row.apps.map((app) => app.site))],
    apps: row.apps.map((app) => ({ resourceId: app.id, app: app.app, title: appTitle(app.app), site: app.site, seatsUsed: app.seats_used, seatsLimit: app.seats_limit })),
    health: healthOf(
      {
        id: row.id, name: row.name, kind: row.kind, attached: row.attached_to !== null, timeZone: row.time_zone, staleAfterHours: row.stale_after_hours, lastFullReadAt: row.last_full_read_at,
        keyExpiresOn: row.key_expires_on, newestSync: newest, accounts: row.accounts, accesses: row.accesses, unknownAccesses: row.unknown_accesses, lastError: lastErrorOf(row), rates: [...rates],
      },
      now,
    ),
    lastSync: newest,
    createdAt: row.created_at.toISOString(),
  };
}

function lastErrorOf({ last_failed: failed }: SourceRow): SourceHealth['lastError'] {
  return failed?.problem == null ? null : { at: new Date(failed.finished_at).toISOString(), problem: failed.problem };
}
