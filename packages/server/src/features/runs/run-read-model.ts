import { actionVerbs } from '@rollcall/contract';
import type { RouteResult, routes } from '@rollcall/contract';
import { appTitle } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { haltSentence } from './halt-sentence.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { actionOf } from '../plans/index.ts';

export type RunDto = RouteResult<typeof routes.runs.get>;
export type RunTotals = RunDto['totals'];

const count = z.number().default(0);
const counts = z.object({ pending: count, intent: count, applied: count, alreadySo: count, verified: count, skipped: count, failed: count, uncertain: count, cancelled: count });

function visibleRuns(db: Kysely<Database>, scope: Scope) {
  return db
    .selectFrom('run as r')
    .innerJoin('source as s', 's.id', 'r.source_id')
    .innerJoin('plan as p', 'p.id', 'r.plan_id')
    .where('r.workspace_id', '=', scope.workspaceId)
    .where('r.hidden_at', 'is', null)
    .$if(scope.sourceIds !== null, (query) => query.where(sql<boolean>`r.source_id = any(${[...(scope.sourceIds ?? [])]}::uuid[])`))
    // Site-limited people see the runs of plans that were made within their sites.
    .$if(scope.sites !== null, (query) => query.where(sql<boolean>`jsonb_typeof(p.basis -> 'sites') = 'array' and (select array_agg(site) from jsonb_array_elements_text(p.basis -> 'sites') as site) <@ ${[...(scope.sites ?? [])]}::text[]`))
    .selectAll('r')
    .select(['s.name as source_name', 'p.totals as plan_totals'])
    .select((eb) => eb.selectFrom('plan as u').whereRef('u.undo_of', '=', 'r.id').where('u.state', 'in', ['building', 'ready', 'applied']).orderBy('u.id', 'desc').limit(1).select('u.id').as('undone_plan_id'))
    .select((eb) => eb.selectFrom('run_item as i').whereRef('i.run_id', '=', 'r.id').where('i.state', '=', 'pending').where('i.not_before', '>', sql<Date>`now()`).select((agg) => agg.fn.min('i.not_before').as('m')).as('parked_until'))
    .select(sql<Date | null>`case when r.state = 'running' and (r.halt ->> 'until')::timestamptz > now() then (r.halt ->> 'until')::timestamptz end`.as('halted_until'));
}
type RunRow = Awaited<ReturnType<ReturnType<typeof visibleRuns>['executeTakeFirstOrThrow']>>;

export async function readRun(db: Kysely<Database>, scope: Scope, runId: string): Promise<RunDto> {
  const row = await visibleRuns(db, scope).where('r.id', '=', runId).executeTakeFirst();
  if (row === undefined) throw new RequestProblem({ code: 'notFound', detail: 'There is no such run log.' });
  return runDto(row, await liveTotals(db, row), await appsOf(db, row), await secondsEach(db, row));
}

export interface RunFilter {
  readonly action?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly result?: 'open' | 'clean' | 'withFailures' | 'uncertain' | 'cancelled' | undefined;
  readonly requestedBy?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Newest first; the cursor is the id of the last one. */
export async function listRuns(db: Kysely<Database>, scope: Scope, filter: RunFilter): Promise<{ items: RunDto[]; next: string | null }> {
  const failed = sql<boolean>`coalesce((r.totals ->> 'failed')::int, 0) > 0`;
  const uncertain = sql<boolean>`coalesce((r.totals ->> 'uncertain')::int, 0) > 0`;
  const rows = await visibleRuns(db, scope)
    .$if(filter.action !== undefined, (query) => query.where('r.action', '=', filter.action ?? ''))
    .$if(filter.sourceId !== undefined, (query) => query.where('r.source_id', '=', filter.sourceId ?? ''))
    .$if(filter.requestedBy !== undefined, (query) => query.where('r.requested_by', 'ilike', `%${(filter.requestedBy ?? '').replaceAll(/[\\%_]/gu, '\\$&')}%`))
    .$if(filter.from !== undefined, (query) => query.where(sql<boolean>`r.queued_at >= ${filter.from}::date`))
    .$if(filter.to !== undefined, (query) => query.where(sql<boolean>`r.queued_at < ${filter.to}::date + 1`))
    .$if(filter.result === 'open', (query) => query.where('r.state', 'in', ['queued', 'running', 'paused', 'cancelling']))
    .$if(filter.result === 'clean', (query) => query.where('r.state', '=', 'done').where(sql<boolean>`not ${failed} and not ${uncertain}`))
    .$if(filter.result === 'withFailures', (query) => query.where(failed))
    .$if(filter.result === 'uncertain', (query) => query.where(uncertain))
    .$if(filter.result === 'cancelled', (query) => query.where('r.state', '=', 'cancelled'))
    .$if(filter.after !== undefined, (query) => query.where('r.id', '<', filter.after ?? ''))
    .orderBy('r.id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const page = rows.slice(0, filter.limit);
  const items = await Promise.all(page.map(async (row) => runDto(row, parseCounts(row.totals), await appsOf(db, row), await secondsEach(db, row))));
  return { items, next: rows.length > filter.limit ? (page.at(-1)?.id ?? null) : null };
}

async function liveTotals(db: Kysely<Database>, row: RunRow): Promise<RunTotals> {
  const rows = await db.selectFrom('run_item').where('run_id', '=', row.id).groupBy('state').select((eb) => ['state', eb.fn.countAll<number>().as('n')]).execute();
  return parseCounts(Object.fromEntries(rows.map((one) => [one.state, one.n])));
}

function parseCounts(stored: object): RunTotals {
  const parsed = counts.parse(stored);
  return { ...parsed, total: Object.values(parsed).reduce((sum, n) => sum + n, 0) };
}

const seats = z.object({ seats: z.array(z.object({ resourceId: z.number() })).default([]) });

async function appsOf(db: Kysely<Database>, row: RunRow): Promise<RunDto['apps']> {
  const ids = seats.parse(row.plan_totals).seats.map((seat) => seat.resourceId);
  if (ids.length === 0) return [];
  const found = await db.selectFrom('resource').where('id', 'in', ids).orderBy('id').select(['app', 'site']).execute();
  return found.map(({ app, site }) => ({ app, title: appTitle(app), site }));
}

/** A longer time between the ends of two people is a pause, and says nothing about how fast the run is. */
const longestStepSeconds = 120;

/** How long a person took of late, by the last hundred that ended; null when the run is not going, or nobody ended yet. */
async function secondsEach(db: Kysely<Database>, row: RunRow): Promise<number | null> {
  if (row.state !== 'running') return null;
  const { rows } = await sql<{ seconds: string | null }>`
    select avg(least(step, ${longestStepSeconds})) as seconds from (
      select extract(epoch from at - lag(at) over (order by at)) as step
      from (select updated_at as at from run_item where run_id = ${row.id} and state not in ('pending', 'intent', 'applied') order by updated_at desc limit 100) as ended) as steps where step is not null`.execute(db);
  const seconds = rows[0]?.seconds ?? null;
  return seconds === null ? null : Number(seconds);
}

function runDto(row: RunRow, totals: RunTotals, apps: RunDto['apps'], pace: number | null): RunDto {
  const action = actionOf(row.action);
  const ended = totals.total - totals.pending - totals.intent - totals.applied;
  const wanted = Math.min(totals.total, row.pilot ?? totals.total);
  return {
    id: row.id, planId: row.plan_id, sourceId: row.source_id, sourceName: row.source_name, action: z.enum(actionVerbs).parse(row.action), actionTitle: row.undo_of === null ? action.title : `Undo: ${action.title}`,
    state: row.state, stateReason: row.state_reason, pilot: row.pilot, undoOf: row.undo_of, undonePlanId: row.undone_plan_id, totals, requestedBy: row.requested_by,
    queuedAt: row.queued_at.toISOString(), startedAt: row.started_at?.toISOString() ?? null, finishedAt: row.finished_at?.toISOString() ?? null,
    secondsLeft: pace === null ? null : Math.round(pace * Math.max(0, wanted - ended)),
    parkedUntil: (row.halted_until ?? row.parked_until)?.toISOString() ?? null,
    halt: haltSentence(row.halt, row.halted_until !== null),
    apps,
    sentence: runSentence(row, totals, apps.map(({ title, site }) => `${title} on ${site}`).join(', ')),
  };
}

function runSentence(row: RunRow, totals: RunTotals, places: string): string {
  const people = totals.verified + totals.alreadySo;
  const verbs: Readonly<Record<string, string>> = {
    'remove-app-access': `no longer have access to ${places === '' ? 'the app' : places}`,
    'grant-app-access': row.undo_of === null ? `have access to ${places === '' ? 'the app' : places}` : 'have back what was taken',
    'suspend-access': 'are suspended',
    'restore-access': 'have their access restored',
    'add-to-group': 'are in the group',
    'remove-from-group': 'are no longer in the group',
    'remove-from-organisation': 'are no longer in the organisation',
  };
  const rest = [
    totals.skipped > 0 ? `${totals.skipped} skipped` : '',
    totals.failed > 0 ? `${totals.failed} failed` : '',
    totals.uncertain > 0 ? `${totals.uncertain} uncertain` : '',
    totals.cancelled > 0 ? `${totals.cancelled} cancelled` : '',
    totals.pending + totals.intent > 0 ? `${totals.pending + totals.intent} still to do` : '',
  ].filter((part) => part !== '');
  return `${people} ${people === 1 ? 'person' : 'people'} ${verbs[row.action] ?? 'are done'}; verified.${rest.length === 0 ? '' : ` ${rest.join(', ')}.`}`;
}
