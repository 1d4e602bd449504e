import { appTitle } from '@rollcall/core';
import type { RouteResult, sessionRoutes } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Scope } from '../../app/scope.ts';
import { askInventory, countVisible, readUseTotals } from '../inventory/index.ts';
import type { UsageCounts } from '../inventory/index.ts';
import { readPause } from '../pause/index.ts';
import { readSourceHealth } from '../sources/index.ts';
import { readOpenRuns, readRecentPlans } from './recent-work.ts';

export type Home = RouteResult<typeof sessionRoutes.home>;

const homePeriod = 'last-3-months';

/** What Home shows: everything from counts that a sync leaves, so that it costs the same at any size. */
export async function readHome({ db, now }: Dependencies, scope: Scope): Promise<Home> {
  const at = now();
  const asked = await askInventory(db, scope, { q: '', period: homePeriod }, at);
  const [totals, accounts, sources, pause, openRuns, recentPlans, done] = await Promise.all([
    readUseTotals(db, asked),
    countVisible(db, asked.context),
    readSourceHealth(db, scope, at),
    readPause(db, scope.workspaceId),
    readOpenRuns(db, scope),
    readRecentPlans(db, scope),
    readSteps({ db }, scope),
  ]);
  const appOf = new Map(asked.columns.map(({ resourceId, app }) => [resourceId, app]));
  return {
    paused: pause === null ? null : { ...pause, at: pause.at.toISOString() },
    sources: [...sources],
    accounts,
    apps: sumByApp(totals, appOf),
    period: { text: homePeriod, from: asked.period.from, to: asked.period.to },
    openRuns,
    recentPlans,
    gettingStarted: [
      { step: 'addSource', done: done.sources },
      { step: 'sync', done: done.synced },
      { step: 'lookAtInventory', done: accounts > 0 },
      { step: 'addExemptions', done: done.exemptions },
      { step: 'makePlan', done: done.plans },
      { step: 'applyPlan', done: done.runs },
    ],
  };
}

/** Accesses by app, over all its sites: whoever holds an app on two sites takes two seats. */
function sumByApp(totals: readonly UsageCounts[], appOf: ReadonlyMap<number, string>): Home['apps'] {
  const apps = new Map<string, Home['apps'][number]>();
  for (const { resourceId, holders, active, inactive, never, unknown } of totals) {
    const app = appOf.get(resourceId);
    if (app === undefined) continue;
    const sum = apps.get(app) ?? { app, title: appTitle(app), holders: 0, active: 0, inactive: 0, never: 0, unknown: 0 };
    apps.set(app, { ...sum, holders: sum.holders + holders, active: sum.active + active, inactive: sum.inactive + inactive, never: sum.never + never, unknown: sum.unknown + unknown });
  }
  return [...apps.values()];
}

type Steps = Readonly<Record<'sources' | 'synced' | 'exemptions' | 'plans' | 'runs', boolean>>;

async function readSteps({ db }: Pick<Dependencies, 'db'>, { workspaceId }: Scope): Promise<Steps> {
  const there = (table: string, more = sql``) => sql`exists (select from ${sql.table(table)} where workspace_id = ${workspaceId} ${more})`;
  const { rows } = await sql<Steps>`
    select ${there('source', sql`and removed_at is null`)} as sources, ${there('source', sql`and removed_at is null and last_full_read_at is not null`)} as synced,
      ${there('exemption')} as exemptions, ${there('plan')} as plans, ${there('run')} as runs`.execute(db);
  return rows[0] ?? { sources: false, synced: false, exemptions: false, plans: false, runs: false };
}
