import { routes } from '@rollcall/contract';
import { sql } from 'kysely';
import { fillInventory, inventoryToday } from '../data/inventory.ts';
import type { FilledInventory } from '../data/inventory.ts';
import { openBenchDatabase } from '../harness/bench-database.ts';
import type { BenchDatabase } from '../harness/bench-database.ts';
import { bestOf } from '../harness/bench-row.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { runWorker } from '../harness/run-worker.ts';
import type { Measured } from '../harness/run-worker.ts';
import { createPlan } from '../../packages/server/src/features/plans/create-plan.ts';
import { systemScope } from '../../packages/server/src/app/scope.ts';
import { createIds } from '../../packages/server/src/app/new-id.ts';

const at = `${inventoryToday}T12:00:00Z`;
const worker = new URL('plan.worker.ts', import.meta.url);
const query = 'app = jira AND site = acme AND usage = inactive';
const most = 3;

/** "plan": a plan to remove app access of about a tenth of all accounts beside one bare INSERT … SELECT of the same rows, digest included. */
export async function runPlan({ accounts, rounds = 3 }: { readonly accounts: number; readonly rounds?: number }): Promise<BenchRow> {
  await using database = await openBenchDatabase();
  const inventory = await fillInventory(database.pool, accounts);
  await sql`update workspace set settings = '{"caps": {"people": 10000000, "percent": 100}}'`.execute(database.db);
  const first = await run(database, inventory, 'rollcall');
  await sql`create table bench_item as select * from plan_item`.execute(database.db);
  const { rows } = await sql<{ items: number; act: number }>`select count(*)::int as items, count(*) filter (where decision = 'act')::int as act from bench_item`.execute(database.db);
  const { items = 0, act = 0 } = rows[0] ?? {};
  const floors: Measured[] = [];
  const ours: Measured[] = [first];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await run(database, inventory, 'floor'));
    ours.push(await run(database, inventory, 'rollcall'));
  }
  const floor = bestOf(floors);
  const rollcall = bestOf(ours);
  const ratio = rollcall.seconds / floor.seconds;
  return {
    name: 'plan', accounts, ratio,
    promise: `at most ${most} × one bare INSERT … SELECT of the same rows, digest included`,
    holds: ratio <= most,
    floor: { what: 'INSERT … SELECT of the same plan rows with the same indexes, and their digest', ...floor },
    rollcall,
    notes: [`${items.toLocaleString('en-US')} items (${act.toLocaleString('en-US')} to act on) for \`${query}\`, calls and their side effects included`],
  };
}

async function run(database: BenchDatabase, inventory: FilledInventory, kind: 'rollcall' | 'floor'): Promise<Measured> {
  await sql`truncate plan_item, run_item, run_call`.execute(database.db);
  const planId = await order(database, inventory);
  await sql`checkpoint`.execute(database.db);
  const measured = await runWorker(worker, { connectionString: database.connectionString, planId, kind, at }, database.serverPid);
  const plan = await database.db.selectFrom('plan').select(['state', 'guards']).where('id', '=', planId).executeTakeFirstOrThrow();
  if (plan.state !== 'ready') throw new Error(`The plan became ${plan.state}: ${JSON.stringify(plan.guards)}`);
  return measured;
}

/** The order as the API stores it; the job that would wake the building is left out. */
function order(database: BenchDatabase, { workspaceId, sourceId }: FilledInventory): Promise<string> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const deps = { db: database.db, pool: database.pool, now: () => new Date(at), newId: createIds(() => new Date()), log, jobs: { enqueue: () => Promise.resolve(null) } };
  const body = routes.plans.create.body?.parse({ sourceId, action: 'remove-app-access', selection: { kind: 'query', q: query, period: 'last-3-months' } });
  if (body === undefined) throw new Error('Making a plan takes a body.');
  return createPlan(deps, systemScope(workspaceId, new Set()), body);
}
