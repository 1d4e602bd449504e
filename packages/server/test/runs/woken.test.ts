import { routes } from '@rollcall/contract';
import { expect, it, onTestFinished } from 'vitest';
import { buildPlan } from '../../src/features/plans/index.ts';
import { createPlan } from '../../src/features/plans/create-plan.ts';
import { startPlanWorkers } from '../../src/features/plans/plan-workers.ts';
import { planQueue } from '../../src/features/plans/plan-queue.ts';
import { startUploadWorkers, previewQueue } from '../../src/features/uploads/index.ts';
import { createJobs } from '../../src/jobs/index.ts';
import { setUpRuns } from './support.ts';

async function ordered() {
  const setup = await setUpRuns({ users: 60 });
  const order = routes.plans.create.body?.parse({ sourceId: setup.sourceId, action: 'remove-app-access', selection: { kind: 'query', q: 'app = jira AND usage = inactive', period: '90d' } });
  if (order === undefined) throw new Error('The route has a body.');
  const planId = await createPlan({ ...setup.deps, jobs: { enqueue: () => Promise.resolve(null) } }, setup.scope, order);
  const stateOf = async () => (await setup.database.db.selectFrom('plan').select('state').where('id', '=', planId).executeTakeFirstOrThrow()).state;
  return { ...setup, planId, stateOf };
}

async function jobsOf(setup: { readonly database: { readonly connectionString: string } }) {
  const jobs = await createJobs({ connectionString: setup.database.connectionString, queues: [planQueue, previewQueue], onError: () => undefined });
  onTestFinished(() => jobs.stop());
  return jobs;
}

it('a plan without a job is built after the next start, and one that has a job gets no second', async () => {
  const setup = await ordered();
  const jobs = await jobsOf(setup);
  await startPlanWorkers({ ...setup.deps, jobs });
  await expect.poll(setup.stateOf, { timeout: 20_000 }).toMatch(/ready|refused/u);
  const waiting = await setup.database.db.selectFrom('plan').select('id').execute();
  expect(waiting).toHaveLength(1);
  await setup.database.db.updateTable('plan').set({ state: 'building' }).execute();
  await setup.database.pool.query("insert into pgboss.job (name, data, start_after) values ('plan', $1, now() + interval '1 hour')", [JSON.stringify({ planId: setup.planId })]);
  await startPlanWorkers({ ...setup.deps, jobs });
  const { rows } = await setup.database.pool.query("select count(*)::int as n from pgboss.job where name = 'plan' and data ->> 'planId' = $1 and state in ('created', 'retry', 'active')", [setup.planId]);
  expect(rows).toEqual([{ n: 1 }]);
});

it('a plan that another worker is building is left to it, not marked as failed', async () => {
  const setup = await ordered();
  const other = await setup.database.pool.connect();
  try {
    await other.query('begin');
    await other.query('select 1 from plan where id = $1 for update', [setup.planId]);
    const building = buildPlan(setup.deps, setup.planId).then(() => null, (error: unknown) => error);
    await expect.poll(async () => (await setup.database.pool.query("select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%plan%'")).rows.length, { timeout: 20_000 }).toBe(1);
    await other.query("update plan set note = 'built meanwhile' where id = $1", [setup.planId]);
    await other.query('commit');
    expect(await building).toMatchObject({ code: '40001' });
  } finally {
    other.release();
  }
  expect(await setup.stateOf()).toBe('building');
  await buildPlan(setup.deps, setup.planId);
  expect(await setup.stateOf()).toMatch(/ready|refused/u);
});

it('a file that waits for its preview without a job gets one at the next start', async () => {
  const setup = await setUpRuns({ users: 60 });
  const jobs = await jobsOf(setup);
  const id = setup.deps.newId();
  await setup.database.db.insertInto('upload').values({ id, workspace_id: setup.workspaceId, file_name: 'export.csv', state: 'reading', created_by: 'test', expires_at: new Date(Date.now() + 3_600_000) }).execute();
  await setup.database.db.insertInto('upload_chunk').values({ workspace_id: setup.workspaceId, upload_id: id, n: 0, bytes: Buffer.from('<html></html>') }).execute();
  const stop = new AbortController();
  onTestFinished(() => { stop.abort(); });
  await startUploadWorkers({ ...setup.deps, jobs }, stop.signal);
  await expect.poll(async () => (await setup.database.db.selectFrom('upload').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state, { timeout: 20_000 }).toBe('refused');
});
