import { civilDateIn, defaultUsageRules, resolvePeriod } from '@rollcall/core';
import type { CivilDate, PeriodSpec } from '@rollcall/core';
import type { Kysely } from 'kysely';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import type { CompileContext } from './compile-context.ts';
import { readLists } from './read-lists.ts';
import type { WorkspaceLists } from './read-lists.ts';

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

type Asker = Pick<Scope, 'workspaceId' | 'sourceIds' | 'sites'>;

/** Reads the small lists that a query is compiled against, limited to what the asker may see. */
export async function loadCompileContext(db: Kysely<Database>, scope: Asker, question: Question): Promise<AskedContext> {
  return contextOf(await readLists(db, scope.workspaceId), scope, question);
}

/** The same from lists that were read already. */
export function contextOf({ sources, evidence, resources, realmsWithGroups }: WorkspaceLists, scope: Asker, question: Question): AskedContext {
  const zone = sources.find((source) => source.id === question.sourceId) ?? sources[0];
  const timeZone = zone?.timeZone ?? 'UTC';
  const asOf = question.asOf ?? civilDateIn(question.now, timeZone);
  const readRealms = sources.filter(({ read, attached }) => read && !attached).map(({ realmId }) => realmId);
  const organisations = sources.filter(({ kind, read }) => kind === 'atlassian-org' && read).map(({ realmId }) => realmId);
  const visibleRealms = new Set(sources.filter(({ id }) => scope.sourceIds === null || scope.sourceIds.includes(id)).map(({ realmId }) => realmId));
  const limited = scope.sourceIds !== null || scope.sites !== null;
  return {
    workspaceId: scope.workspaceId,
    timeZone,
    asOf,
    period: resolvePeriod(question.period, asOf),
    usageRules: { ...defaultUsageRules, freshnessDays: Math.ceil(question.freshnessHours / 24), lowUsageDays: question.lowUsageDays },
    resources: resources.map(({ id, realmId, app, site, siteUrl }) => ({ id, realmId, app, site, siteUrl })),
    evidence: evidence.map(({ id, sourceId, knownThrough }) => ({ id, knownThrough, historyFrom: sources.find((source) => source.id === sourceId)?.historyFrom ?? null })),
    sources: sources.map(({ id, name, realmId }) => ({ id, name, realmId })),
    allowedResourceIds: limited ? resources.filter(({ realmId, site }) => visibleRealms.has(realmId) && (scope.sites === null || scope.sites.includes(site))).map(({ id }) => id) : null,
    coverage: {
      accesses: readRealms,
      groups: [...new Set([...organisations, ...realmsWithGroups])],
      emails: readRealms,
      identityProvider: organisations,
    },
  };
}
