import { sql } from 'kysely';
import { civilDateIn, defaultUsageRules, resolvePeriod } from '@rollcall/core';
import type { CivilDate, PeriodSpec } from '@rollcall/core';
import type { Kysely } from 'kysely';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import type { CompileContext } from './compile-context.ts';

export interface Question {
  readonly period: PeriodSpec;
  /** Null: today in the time zone of the source, or of the workspace's first source. */
  readonly asOf: CivilDate | null;
  /** The source whose time zone counts; null: the workspace's first. */
  readonly sourceId: string | null;
  readonly now: Date;
  readonly freshnessHours: number;
  readonly lowUsageDays: number;
}

/** A compile context with the zone its days are of. */
export interface AskedContext extends CompileContext {
  readonly timeZone: string;
}

/** Reads the small lists that a query is compiled against, limited to what the asker may see. */
export async function loadCompileContext(db: Kysely<Database>, scope: Pick<Scope, 'workspaceId' | 'sourceIds' | 'sites'>, question: Question): Promise<AskedContext> {
  const sources = await db
    .selectFrom('source')
    .where('workspace_id', '=', scope.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .select(['id', 'name', 'realm_id', 'kind', 'time_zone', 'history_from', 'last_full_read_at', 'attached_to'])
    .execute();
  const evidence = await db.selectFrom('evidence').where('workspace_id', '=', scope.workspaceId).select(['id', 'source_id', 'known_through']).execute();
  const resources = await db.selectFrom('resource').where('workspace_id', '=', scope.workspaceId).select(['id', 'realm_id', 'app', 'site', 'site_url']).execute();
  const withMembers = await sql<{ realm_id: number }>`
    select distinct g.realm_id from account_group g where g.workspace_id = ${scope.workspaceId} and g.gone_at is null`.execute(db);
  const zone = sources.find((source) => source.id === question.sourceId) ?? sources[0];
  const timeZone = zone?.time_zone ?? 'UTC';
  const asOf = question.asOf ?? civilDateIn(question.now, timeZone);
  const readRealms = sources.filter((source) => source.last_full_read_at !== null && source.attached_to === null).map((source) => source.realm_id);
  const organisations = sources.filter((source) => source.kind === 'atlassian-org' && source.last_full_read_at !== null).map((source) => source.realm_id);
  const visibleRealms = new Set(sources.filter((source) => scope.sourceIds === null || scope.sourceIds.includes(source.id)).map((source) => source.realm_id));
  const limited = scope.sourceIds !== null || scope.sites !== null;
  return {
    workspaceId: scope.workspaceId,
    timeZone,
    asOf,
    period: resolvePeriod(question.period, asOf),
    usageRules: { ...defaultUsageRules, freshnessDays: Math.ceil(question.freshnessHours / 24), lowUsageDays: question.lowUsageDays },
    resources: resources.map((row) => ({ id: row.id, app: row.app, site: row.site, siteUrl: row.site_url })),
    evidence: evidence.map((row) => ({ id: row.id, knownThrough: row.known_through, historyFrom: sources.find((source) => source.id === row.source_id)?.history_from ?? null })),
    sources: sources.map((source) => ({ id: source.id, name: source.name, realmId: source.realm_id })),
    allowedResourceIds: limited ? resources.filter((row) => visibleRealms.has(row.realm_id) && (scope.sites === null || scope.sites.includes(row.site))).map((row) => row.id) : null,
    coverage: {
      accesses: readRealms,
      groups: [...new Set([...organisations, ...withMembers.rows.map((row) => row.realm_id)])],
      emails: readRealms,
      identityProvider: organisations,
    },
  };
}
