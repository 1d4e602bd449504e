import { routes } from '@rollcall/contract';
import { expect, it } from 'vitest';
import { checkServer, createPool, UnfitServerError } from '../../packages/server/src/db/index.ts';
import { startNode } from './support/nodes.ts';
import { startPgBouncer } from './support/pgbouncer.ts';
import { postgresForThisTest } from './support/postgres.ts';
import { apply, changesOf, connect, organisation, planRemoval, readyPlan, requestSync, runDone, syncDone } from './support/work.ts';

const leftOut = 'options, statement_timeout, idle_in_transaction_session_timeout';

async function check(connectionString: string) {
  const pool = createPool({ connectionString, applicationName: 'test', max: 3, onError: () => undefined });
  try {
    return await checkServer(pool);
  } finally {
    await pool.end();
  }
}

it.each(['session', 'transaction'] as const)('a pooler in %s mode that refuses or drops what a connection asks for is refused with what to do', async (mode) => {
  const postgres = await postgresForThisTest();
  const refused = await check(await startPgBouncer(postgres.url, mode, '')).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UnfitServerError);
  expect(String(refused)).toContain('ignore_startup_parameters');

  const url = await startPgBouncer(postgres.url, mode, leftOut);
  await postgres.pool.query(`alter role rollcall set timezone to 'Asia/Tokyo'`);
  await expect(check(await startPgBouncer(postgres.url, mode, leftOut))).rejects.toThrow(/time zone Asia\/Tokyo/u);
  await postgres.pool.query(`alter role rollcall set timezone to 'UTC'`);
  const report = await check(url);
  expect(report.direct).toBe(mode === 'session');
  expect(report.warnings.filter((one) => one.includes('time limits'))).toHaveLength(1);
  await postgres.pool.query(`alter role rollcall set idle_in_transaction_session_timeout to '10min'`);
  const patient = await check(await startPgBouncer(postgres.url, mode, leftOut));
  expect(patient.warnings.filter((one) => one.includes('time limits'))).toEqual([]);
});

it('two nodes behind a pooler in transaction mode read, take away, give back and prove it', async () => {
  const postgres = await postgresForThisTest();
  for (const setting of [`timezone to 'UTC'`, `datestyle to 'ISO'`, `idle_in_transaction_session_timeout to '10min'`]) await postgres.pool.query(`alter role rollcall set ${setting}`);
  const databaseUrl = await startPgBouncer(postgres.url, 'transaction', leftOut);
  const sandbox = await organisation({ users: 120, seed: 61 });
  const front = await startNode({ databaseUrl, role: 'api' });
  const back = await startNode({ databaseUrl, role: 'worker' });
  const { client } = front;
  const sourceId = await connect(client, sandbox, 'Pooled');
  await syncDone(client, await requestSync(client, sourceId));
  await syncDone(client, await requestSync(client, sourceId));
  const { accounts } = await client.call(routes.inventory.count, { query: { q: '', exact: 'true' } });
  expect(accounts).toBe([...sandbox.truth.accounts()].length);

  const plan = await planRemoval(client, sourceId, 'Pooled');
  const before = sandbox.journal.length;
  const runId = await apply(client, plan);
  const run = await runDone(client, runId);
  expect(run).toMatchObject({ state: 'done', totals: { failed: 0, uncertain: 0, pending: 0 } });
  const taken = changesOf(sandbox, before);
  expect(taken.length).toBeGreaterThan(5);
  expect(new Set(taken).size).toBe(taken.length);
  const middle = sandbox.journal.length;
  const undo = await client.call(routes.runs.undo, { params: { runId } });
  expect(await runDone(client, await apply(client, await readyPlan(client, undo.id, 'Pooled')))).toMatchObject({ state: 'done', totals: { failed: 0, uncertain: 0, pending: 0 } });
  expect(changesOf(sandbox, middle)).toHaveLength(taken.length);
  expect(await client.call(routes.audit.verify, {})).toMatchObject({ ok: true, problem: null });
  back.signal('SIGTERM');
  expect(await back.exited).toBe(0);
});
