import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { routes } from '@rollcall/contract';
import { expect, it, onTestFinished } from 'vitest';
import { startNode } from './support/nodes.ts';
import { postgresForThisTest } from './support/postgres.ts';
import { until } from './support/until.ts';
import { apply, changesOf, connect, organisation, planRemoval, readyPlan, requestSync, runDone, syncDone } from './support/work.ts';

const hourMs = 3_600_000;

it('the clocks of a node and of the database are set by hours in the middle of a run, its undo and a sync: all of it is done, once, and at once', async () => {
  const postgres = await postgresForThisTest();
  const folder = await mkdtemp('/tmp/rollcall-clock-');
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = `${folder}/ahead`;
  const setNode = (ms: number) => writeFile(file, String(ms));
  await setNode(7 * hourMs);
  // The functions by which statements ask for the time stand before PostgreSQL's own.
  await postgres.pool.query(`
    create schema test_clock;
    create table test_clock.shift (seconds double precision not null);
    insert into test_clock.shift values (0);
    create function test_clock.clock_timestamp() returns timestamptz language sql volatile as 'select pg_catalog.clock_timestamp() + make_interval(secs => (select seconds from test_clock.shift))';
    create function test_clock.now() returns timestamptz language sql volatile as 'select test_clock.clock_timestamp()'`);
  await postgres.pool.query(`alter database ${new URL(postgres.url).pathname.slice(1)} set search_path = public, test_clock, pg_catalog`);
  const setDatabase = (ms: number) => postgres.pool.query('update test_clock.shift set seconds = $1', [ms / 1000]);
  const vendor = await organisation({ users: 180, seed: 53, latencyMs: 25 });
  const preload = { NODE_OPTIONS: `--no-warnings --import=${fileURLToPath(new URL('support/set-clock.ts', import.meta.url))}`, TEST_CLOCK_FILE: file };
  const node = await startNode({ databaseUrl: postgres.url, settings: preload });
  const { client } = node;
  await client.call(routes.session.changeSettings, { body: { caps: { people: 10_000, percent: 100 } } });
  const sourceId = await connect(client, vendor, 'Acme');
  await syncDone(client, await requestSync(client, sourceId));
  const plan = await planRemoval(client, sourceId, 'Acme');
  const mark = vendor.journal.length;
  const atChange = (count: number) => until(`${count} changes were made`, () => Promise.resolve(changesOf(vendor, mark).length >= count));

  const runId = await apply(client, plan);
  await atChange(3);
  await setNode(-9 * hourMs);
  await setDatabase(6 * hourMs);
  await atChange(8);
  await setNode(5 * hourMs);
  await setDatabase(-6 * hourMs);
  expect(await runDone(client, runId)).toMatchObject({ state: 'done', totals: { failed: 0, uncertain: 0, pending: 0 } });
  const taken = changesOf(vendor, mark);
  expect(new Set(taken).size).toBe(taken.length);

  const middle = vendor.journal.length;
  const undo = await client.call(routes.runs.undo, { params: { runId } });
  const undoId = await apply(client, await readyPlan(client, undo.id, 'Acme'));
  await until('the undo has begun', () => Promise.resolve(changesOf(vendor, middle).length > 2));
  await setDatabase(3 * hourMs);
  expect(await runDone(client, undoId)).toMatchObject({ state: 'done', totals: { failed: 0, uncertain: 0, pending: 0 } });
  expect(changesOf(vendor, middle).length).toBe(taken.length);

  const syncId = await requestSync(client, sourceId);
  await setDatabase(-3 * hourMs);
  await syncDone(client, syncId);
  const count = await client.call(routes.inventory.count, { query: { q: '', exact: 'true' } });
  expect(count.accounts).toBe([...vendor.truth.accounts()].length);
  expect(await client.call(routes.audit.verify, {})).toMatchObject({ ok: true, problem: null });
});
