import { sql } from 'kysely';
import { syncProgress } from './sync-record.ts';
import { stepSentence } from './sync-sentences.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Database } from '../../db/index.ts';
import type { Kysely, RawBuilder } from 'kysely';
import type { RouteResult, routes } from '@rollcall/contract';
import type { Scope } from '../../app/scope.ts';
import type { SyncProgress } from './sync-record.ts';

export type SyncDto = RouteResult<typeof routes.sources.getSync>;

export interface SyncFacts {
  readonly id: string;
  readonly source_id: string;
  readonly source_name: string;
  readonly state: SyncDto['state'];
  readonly requested_by: string;
  readonly queued_at: Date | string;
  readonly started_at: Date | string | null;
  readonly finished_at: Date | string | null;
  readonly progress: object;
  /** The engine writes numbers and sentences there, nothing else. */
  readonly totals: Readonly<Record<string, number>>;
  readonly problem: SyncDto['problem'];
}

/** True for sources that the asker may see: named ones, and those with an app on one of the sites named. `source s` is in scope. */
export function visibleSource(scope: Pick<Scope, 'workspaceId' | 'sourceIds' | 'sites'>): RawBuilder<boolean> {
  const named = scope.sourceIds === null ? sql<boolean>`true` : sql<boolean>`s.id = any(${[...scope.sourceIds]}::uuid[])`;
  const sited = scope.sites === null ? sql<boolean>`true` : sql<boolean>`exists (select 1 from resource v where v.realm_id = s.realm_id and v.site = any(${[...scope.sites]}::text[]))`;
  return sql<boolean>`(s.workspace_id = ${scope.workspaceId}::integer and ${named} and ${sited})`;
}

/** One sync. What the asker may not see is not found. */
export async function readSync(db: Kysely<Database>, scope: Scope, syncId: string, now: Date): Promise<SyncDto> {
  const { rows } = await sql<SyncFacts>`
    select y.*, s.name as source_name from sync y join source s on s.id = y.source_id where y.id = ${syncId}::uuid and ${visibleSource(scope)}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new RequestProblem({ code: 'notFound', title: 'No such sync', detail: 'There is no such sync, or you may not see its source. Open Sources for the last ones.' });
  return syncDto(row, now);
}

/** The last 50 syncs of a source, newest first. */
export async function listSyncs(db: Kysely<Database>, scope: Scope, sourceId: string, now: Date): Promise<readonly SyncDto[]> {
  const { rows } = await sql<SyncFacts>`
    select y.*, s.name as source_name from sync y join source s on s.id = y.source_id
    where s.id = ${sourceId}::uuid and ${visibleSource(scope)} order by y.queued_at desc, y.id desc limit 50`.execute(db);
  return rows.map((row) => syncDto(row, now));
}

export function syncDto(row: SyncFacts, now: Date): SyncDto {
  const progress = syncProgress.parse(row.progress);
  return {
    id: row.id,
    sourceId: row.source_id,
    sourceName: row.source_name,
    state: row.state,
    requestedBy: row.requested_by,
    queuedAt: instantText(row.queued_at),
    startedAt: row.started_at === null ? null : instantText(row.started_at),
    finishedAt: row.finished_at === null ? null : instantText(row.finished_at),
    progress: {
      step: progress.step,
      text: stepSentence(progress.step),
      done: progress.done,
      total: progress.total,
      secondsLeft: row.state === 'running' ? secondsLeft(progress, now) : null,
      facts: { pages: progress.pages, accounts: progress.accounts },
    },
    totals: row.totals,
    problem: row.problem,
  };
}

/** At the pace of the step so far; null until it can be told. */
function secondsLeft(progress: SyncProgress, now: Date): number | null {
  if (progress.total === null || progress.stepStartedAtMs === null || progress.done <= progress.doneBefore) return null;
  const pace = (progress.done - progress.doneBefore) / Math.max(now.getTime() - progress.stepStartedAtMs, 1);
  return Math.max(0, Math.ceil((progress.total - progress.done) / pace / 1000));
}

function instantText(at: Date | string): string {
  return new Date(at).toISOString();
}
