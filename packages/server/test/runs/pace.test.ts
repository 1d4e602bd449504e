import { expect, it } from 'vitest';
import { setUpRuns } from './support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };

it('the time left is that of the pilot while it goes on, and a night of waiting is no step', async () => {
  const setup = await setUpRuns({ users: 300 });
  const { db } = setup.database;
  const runId = await setup.apply(await setup.plan(order), 5);
  const rows = await db.selectFrom('run_item').where('run_id', '=', runId).orderBy('seq').select('id').execute();
  expect(rows.length).toBeGreaterThan(7);
  const start = new Date('2026-11-22T10:00:00Z').getTime();
  const end = (row: number, seconds: number) => db.updateTable('run_item').set({ state: 'verified', updated_at: new Date(start + seconds * 1_000) }).where('id', '=', rows[row]?.id ?? 0).execute();
  await db.updateTable('run').set({ state: 'running' }).where('id', '=', runId).execute();
  expect((await setup.run(runId)).secondsLeft).toBeNull();
  await end(0, 0);
  expect((await setup.run(runId)).secondsLeft).toBeNull();
  await end(1, 10);
  await end(2, 20);
  expect((await setup.run(runId)).secondsLeft).toBe(2 * 10);
  await db.updateTable('run').set({ pilot: null }).where('id', '=', runId).execute();
  await end(3, 40_000);
  const left = rows.length - 4;
  expect((await setup.run(runId)).secondsLeft).toBe(Math.round(((10 + 10 + 120) / 3) * left));
});
