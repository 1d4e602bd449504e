import { actionVerbs, planTotals } from '@rollcall/contract';
import type { RouteResult, routes } from '@rollcall/contract';
import { atlassianOrgActions } from '@rollcall/connectors/atlassian-org';
import { appTitle } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { readSettings } from '../settings/index.ts';
import { takingVerbs } from './build/plan-build.ts';
import { planBasis } from './plan-basis.ts';
import { problemOfPlan } from './plan-problem.ts';
import type { PlanBasis } from './plan-basis.ts';

export type PlanDto = RouteResult<typeof routes.plans.get>;

const verbShape = z.enum(actionVerbs);
const storedTotals = planTotals.extend({ seats: z.array(z.object({ resourceId: z.number(), people: z.number() })) });
const storedGuards = z.array(z.object({ name: z.string(), passed: z.boolean(), text: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).default({}) }));
const params = z.object({ resourceIds: z.array(z.number()).optional(), groupIds: z.array(z.number()).optional() });

/** Declared words of an action. */
export function actionOf(verb: string) {
  const found = atlassianOrgActions.find((action) => action.verb === verb);
  if (found === undefined) throw new Error(`The stored action ${verb} is not one that this version knows.`);
  return found;
}

/** Plans of the sources that the asker may see. */
function visiblePlans(db: Kysely<Database>, scope: Scope) {
  return db
    .selectFrom('plan as p')
    .innerJoin('source as s', 's.id', 'p.source_id')
    .leftJoin('run as r', 'r.plan_id', 'p.id')
    .where('p.workspace_id', '=', scope.workspaceId)
    .$if(scope.sourceIds !== null, (query) => query.where('p.source_id', 'in', scope.sourceIds?.length === 0 ? [''] : [...(scope.sourceIds ?? [])]))
    .selectAll('p')
    .select(['s.name as source_name', 'r.id as run_id']);
}
type PlanRow = Awaited<ReturnType<ReturnType<typeof visiblePlans>['executeTakeFirstOrThrow']>>;

export async function readPlan(db: Kysely<Database>, scope: Scope, planId: string, now: Date): Promise<PlanDto> {
  const row = await visiblePlans(db, scope).where('p.id', '=', planId).executeTakeFirst();
  if (row === undefined || !seesSites(scope, planBasis.parse(row.basis))) throw new RequestProblem({ code: 'notFound', detail: 'There is no such plan.' });
  const settings = await readSettings(db, scope.workspaceId);
  return planDto(row, await resourceNames(db, scope), settings.typeBackFrom, now);
}

export interface PlanFilter {
  readonly sourceId?: string | undefined;
  readonly state?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Newest first; the cursor is the id of the last one, whose UUIDv7 carries the order. */
export async function listPlans(db: Kysely<Database>, scope: Scope, filter: PlanFilter, now: Date): Promise<{ items: PlanDto[]; next: string | null }> {
  const rows = await visiblePlans(db, scope)
    .$if(filter.sourceId !== undefined, (query) => query.where('p.source_id', '=', filter.sourceId ?? ''))
    .$if(filter.state === 'expired', (query) => query.where('p.state', '=', 'ready').where('p.expires_at', '<', now))
    .$if(filter.state !== undefined && filter.state !== 'expired', (query) => query.where(sql<boolean>`p.state = ${filter.state}`))
    .$if(filter.after !== undefined, (query) => query.where('p.id', '<', filter.after ?? ''))
    .orderBy('p.id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const names = await resourceNames(db, scope);
  const settings = await readSettings(db, scope.workspaceId);
  const page = rows.slice(0, filter.limit);
  const items = page.filter((row) => seesSites(scope, planBasis.parse(row.basis))).map((row) => planDto(row, names, settings.typeBackFrom, now));
  return { items, next: rows.length > filter.limit ? (page.at(-1)?.id ?? null) : null };
}

/** Site-limited people see the plans that were made within their own sites. */
function seesSites(scope: Scope, basis: PlanBasis): boolean {
  return scope.sites === null || (basis.sites !== null && basis.sites.every((site) => scope.sites?.includes(site) === true));
}

type Names = ReadonlyMap<number, { readonly app: string; readonly site: string }>;
async function resourceNames(db: Kysely<Database>, scope: Scope): Promise<Names> {
  const rows = await db.selectFrom('resource').where('workspace_id', '=', scope.workspaceId).select(['id', 'app', 'site']).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function planDto(row: PlanRow, names: Names, typeBackFrom: number, now: Date): PlanDto {
  const action = actionOf(row.action);
  const verb = verbShape.parse(row.action);
  const basis = planBasis.parse(row.basis);
  const parsed = storedTotals.safeParse(row.totals);
  const totals = parsed.success ? { ...parsed.data, seats: parsed.data.seats.map((seat) => seatOf(seat, names)) } : null;
  const expired = row.state === 'ready' && row.expires_at < now;
  const large = totals !== null && takingVerbs.has(verb) && (totals.act >= typeBackFrom || action.risk === 'irreversible');
  return {
    id: row.id, sourceId: row.source_id, sourceName: row.source_name, action: verb, actionTitle: row.undo_of === null ? action.title : `Undo: ${action.title}`,
    risk: action.risk, warning: action.warning, params: params.parse(row.params),
    basis: { kind: basis.kind, q: basis.q, period: basis.period, sentence: basisSentence(basis), restsOnInactivity: basis.restsOnInactivity },
    note: row.note, state: expired ? 'expired' : row.state, undoOf: row.undo_of, inventoryAt: row.inventory_at?.toISOString() ?? null, guards: storedGuards.parse(row.guards), problem: problemOfPlan(row), totals,
    digest: row.digest?.toString('hex') ?? null, createdBy: row.created_by, createdAt: row.created_at.toISOString(), expiresAt: row.expires_at.toISOString(),
    typeBack: large ? totals.act : null, runId: row.run_id,
  };
}

function seatOf(seat: { resourceId: number; people: number }, names: Names) {
  const place = names.get(seat.resourceId);
  return { app: place?.app ?? '', title: appTitle(place?.app ?? ''), site: place?.site ?? '', people: seat.people };
}

function basisSentence(basis: PlanBasis): string {
  const period = basis.period === null ? '' : ` Period: ${basis.period.from} to ${basis.period.to}.`;
  switch (basis.kind) {
    case 'query':
      return `Everybody for whom this holds: ${basis.q === '' || basis.q === null ? 'all accounts' : basis.q}.${period}`;
    case 'accounts':
      return `${basis.accountIds.length} people chosen by hand.${period}`;
    case 'undo':
      return 'What an earlier run took.';
  }
}
