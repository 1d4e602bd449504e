import type { Kysely } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';

export interface PlanSource {
  readonly id: string;
  readonly realmId: number;
  readonly timeZone: string;
}

/** The source a plan is made for. A source outside the scope is as if it were not there; a file cannot be acted on. */
export async function sourceForPlan(db: Kysely<Database>, scope: Scope, sourceId: string): Promise<PlanSource> {
  const row = scope.sourceIds !== null && !scope.sourceIds.includes(sourceId) ? undefined : await db
    .selectFrom('source')
    .where('id', '=', sourceId)
    .where('workspace_id', '=', scope.workspaceId)
    .where('removed_at', 'is', null)
    .select(['id', 'realm_id', 'time_zone', 'kind'])
    .executeTakeFirst();
  if (row === undefined) throw new RequestProblem({ code: 'notFound', detail: 'There is no such source.' });
  if (row.kind === 'csv') throw new RequestProblem({ code: 'conflict', refusal: 'sourceIsFile', detail: 'This source is a file: it can be looked at, not acted on. Connect the organisation by its API key, and attach the file to it as evidence.' });
  return { id: row.id, realmId: row.realm_id, timeZone: row.time_zone };
}

/** The apps and groups of an order must belong to the source and lie within the maker's sites. */
export async function assertVisiblePlaces(db: Kysely<Database>, scope: Scope, source: PlanSource, params: { readonly resourceIds?: readonly number[] | undefined; readonly groupIds?: readonly number[] | undefined }): Promise<void> {
  const resourceIds = params.resourceIds ?? [];
  const groupIds = params.groupIds ?? [];
  if (resourceIds.length > 0) {
    const found = await db
      .selectFrom('resource')
      .where('realm_id', '=', source.realmId)
      .where('gone_at', 'is', null)
      .where('id', 'in', resourceIds)
      .$if(scope.sites !== null, (query) => query.where('site', 'in', scope.sites ?? []))
      .select('id')
      .execute();
    if (found.length < new Set(resourceIds).size) throw new RequestProblem({ code: 'notFound', refusal: 'appElsewhere', detail: 'An app of this order is not one of this source, or lies outside your sites.' });
  }
  if (groupIds.length === 0) return;
  const groups = await db
    .selectFrom('account_group as g')
    .where('g.realm_id', '=', source.realmId)
    .where('g.gone_at', 'is', null)
    .where('g.id', 'in', groupIds)
    .$if(scope.sites !== null, (query) =>
      query.where((eb) => eb.not(eb.exists(eb.selectFrom('group_grant as h').leftJoin('resource as r', 'r.id', 'h.resource_id').whereRef('h.group_id', '=', 'g.id').where((or) => or.or([or('r.id', 'is', null), or('r.site', 'not in', scope.sites ?? [])])).select('h.group_id')))),
    )
    .select('g.id')
    .execute();
  if (groups.length < new Set(groupIds).size) throw new RequestProblem({ code: 'notFound', refusal: 'groupElsewhere', detail: 'A group of this order is not one of this source, or grants something outside your sites.' });
}
