import { atCommit } from '../../app/commit-points.ts';
import { civilDateIn, formatPeriod, namesAccesses, parsePeriod, parseQuery, printQuery, resolveDateValue, resolvePeriod } from '@rollcall/core';
import type { Query } from '@rollcall/core';
import type { RouteRequest, routes } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Jobs } from '../../jobs/index.ts';
import { recordAudit } from '../audit/index.ts';
import { readSettings } from '../settings/index.ts';
import type { ActionVerb } from './build/plan-build.ts';
import type { PlanBasis } from './plan-basis.ts';
import { earliestDay, restsOnInactivity } from './plan-basis.ts';
import { planQueue } from './plan-queue.ts';
import { assertVisiblePlaces, sourceForPlan } from './plan-places.ts';

export interface PlanDependencies extends Dependencies {
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

type NewPlan = RouteRequest<typeof routes.plans.create>['body'];

/** Stores the order for a plan and wakes its building. Nothing is read from or changed at the vendor. */
export async function createPlan(deps: PlanDependencies, scope: Scope, order: NewPlan): Promise<string> {
  const source = await sourceForPlan(deps.db, scope, order.sourceId);
  const basis = basisOf(scope, order, civilDateIn(deps.now(), source.timeZone));
  assertParams(order, basis);
  assertWithinSites(scope, order.action);
  await assertVisiblePlaces(deps.db, scope, source, order.params);
  const settings = await readSettings(deps.db, scope.workspaceId);
  const id = deps.newId();
  const now = deps.now();
  await atCommit(deps, 'plan.ordered', () => deps.db.transaction().execute(async (trx) => {
    await trx
      .insertInto('plan')
      .values({
        id, workspace_id: scope.workspaceId, source_id: source.id, action: order.action, params: JSON.stringify(order.params), basis: JSON.stringify(basis), note: order.note,
        state: 'building', created_by: scope.actor.name, created_at: now, expires_at: new Date(now.getTime() + settings.planExpiryHours * 3_600_000),
      })
      .execute();
    await recordAudit(trx, scope, { kind: 'plan.ordered', subjectKind: 'plan', subjectId: id, payload: { action: order.action, sourceId: source.id, q: basis.q, period: basis.period, chosen: basis.accountIds.length } }, now);
    await deps.jobs.enqueue(trx, planQueue, { planId: id });
  }));
  return id;
}

function basisOf(scope: Scope, order: NewPlan, today: ReturnType<typeof civilDateIn>): PlanBasis {
  const { selection } = order;
  if (selection.asOf !== undefined && selection.asOf !== today) throw new RequestProblem({ code: 'badRequest', refusal: 'asOfToday', detail: `A plan is made as of today (${today}): what was true on ${selection.asOf} is no reason to act now.`, data: { today, day: selection.asOf } });
  const spec = parsePeriod(selection.period ?? 'last-3-months');
  if (spec === null) throw new RequestProblem({ code: 'badPeriod', detail: 'This is not a period.' });
  const period = resolvePeriod(spec, today);
  const query = selection.kind === 'query' ? queryOf(selection.q) : null;
  const rests = query !== null && restsOnInactivity(query);
  if (rests && period.past) throw new RequestProblem({ code: 'badPeriod', detail: `The period ends on ${period.to}. A plan that rests on inactivity needs one that reaches until today: people may have come back since.`, refusal: 'pastPeriod', data: { to: period.to } });
  return {
    kind: selection.kind,
    q: query === null ? null : printQuery(query),
    period: { text: formatPeriod(spec), from: period.from, to: period.to, asOf: today },
    restsOnInactivity: rests,
    countsFrom: query === null ? period.from : earliestDay(query, period, (value) => resolveDateValue(value, today)),
    accountIds: selection.kind === 'accounts' ? selection.accountIds : [],
    except: selection.kind === 'query' ? selection.except : [],
    shortPeriodReason: order.shortPeriodReason ?? null,
    caps: { ...(order.caps?.people === undefined ? {} : { people: order.caps.people }), ...(order.caps?.percent === undefined ? {} : { percent: order.caps.percent }) },
    sourceIds: scope.sourceIds === null ? null : [...scope.sourceIds],
    sites: scope.sites === null ? null : [...scope.sites],
  };
}

function queryOf(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new RequestProblem({ code: 'badQuery', detail: parsed.error.message, data: { from: parsed.error.from, to: parsed.error.to } });
  return parsed.query;
}

const needsApps: ReadonlySet<ActionVerb> = new Set(['remove-app-access', 'grant-app-access']);
const needsGroups: ReadonlySet<ActionVerb> = new Set(['add-to-group', 'remove-from-group']);

const wholeAccount: ReadonlySet<ActionVerb> = new Set(['suspend-access', 'restore-access', 'remove-from-organisation']);

/** What acts on an account acts on all its sites. */
function assertWithinSites(scope: Scope, verb: ActionVerb): void {
  if (scope.sites === null || !wholeAccount.has(verb)) return;
  throw new RequestProblem({ code: 'forbidden', refusal: 'wholeAccount', detail: 'This acts on the whole account, also outside the sites you are limited to. Take away the apps of your sites instead, or ask somebody who is not limited.' });
}

function assertParams(order: NewPlan, basis: PlanBasis): void {
  const apps = order.params.resourceIds ?? [];
  if (needsGroups.has(order.action) && (order.params.groupIds ?? []).length === 0) throw new RequestProblem({ code: 'badRequest', refusal: 'groupMissing', detail: 'Say which group (params.groupIds).' });
  if (!needsApps.has(order.action) || apps.length > 0) return;
  const named = order.action === 'remove-app-access' && basis.q !== null && namesAccesses(queryOf(basis.q));
  if (!named) throw new RequestProblem({ code: 'badRequest', refusal: 'appMissing', detail: 'Say which app (params.resourceIds), or name it in the query: app = jira AND …' });
}
