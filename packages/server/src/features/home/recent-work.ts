import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { Scope } from '../../app/scope.ts';
import type { Home } from './read-home.ts';

/** Plans (alias p, of source s) that the asker may see: those of their sources, made within their sites. */
function visiblePlans(scope: Scope): RawBuilder<boolean> {
  return sql<boolean>`p.workspace_id = ${scope.workspaceId}
    and (${scope.sourceIds === null}::boolean or p.source_id = any(${[...(scope.sourceIds ?? [])]}::uuid[]))
    and (${scope.sites === null}::boolean or jsonb_typeof(p.basis -> 'sites') = 'array'
      and not exists (select from jsonb_array_elements_text(case jsonb_typeof(p.basis -> 'sites') when 'array' then p.basis -> 'sites' else '[]' end) as site where site <> all(${[...(scope.sites ?? [])]}::text[])))`;
}

export async function readOpenRuns(db: Kysely<Database>, scope: Scope): Promise<Home['openRuns']> {
  const { rows } = await sql<Home['openRuns'][number]>`
    select n.id as "runId", n.action, s.name as "sourceName", n.state,
      (select count(*) from run_item i where i.run_id = n.id and i.state not in ('pending', 'intent', 'applied', 'uncertain')) as done,
      (select count(*) from run_item i where i.run_id = n.id) as total
    from run n join plan p on p.id = n.plan_id join source s on s.id = n.source_id
    where n.hidden_at is null and n.state in ('queued', 'running', 'paused', 'cancelling') and ${visiblePlans(scope)} order by n.queued_at desc limit 20`.execute(db);
  return [...rows];
}

export async function readRecentPlans(db: Kysely<Database>, scope: Scope): Promise<Home['recentPlans']> {
  const { rows } = await sql<{ planId: string; action: string; sourceName: string; state: string; act: number; createdAt: Date }>`
    select p.id as "planId", p.action, s.name as "sourceName", p.state, coalesce((p.totals ->> 'act')::int, 0) as act, p.created_at as "createdAt"
    from plan p join source s on s.id = p.source_id where p.state <> 'discarded' and ${visiblePlans(scope)} order by p.created_at desc limit 5`.execute(db);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
