import { writeFile } from 'node:fs/promises';
import { routes } from '@rollcall/contract';
import type pg from 'pg';
import { expect, it } from 'vitest';
import { startNode } from './support/nodes.ts';
import { postgresForThisTest } from './support/postgres.ts';
import { until } from './support/until.ts';
import { apply, changesOf, connect, organisation, planRemoval, requestSync, requestsOf, runDone, syncDone } from './support/work.ts';

/** How often somebody began to work on it. */
async function epochOf(pool: pg.Pool, table: 'sync' | 'run', id: string): Promise<number> {
  const { rows } = await pool.query<{ epoch: number }>(`select epoch::int as epoch from ${table} where id = $1`, [id]);
  return rows[0]?.epoch ?? 0;
}

/** Which transaction wrote each row last, and the head of the audit trail: equal before and after means that nothing was written in between. */
async function everythingWritten(pool: pg.Pool): Promise<unknown> {
  const tables = ['account', 'access', 'account_group', 'group_member', 'run', 'run_item', 'run_call', 'sync', 'sync_step', 'staged_account', 'source', 'evidence', 'audit_event'];
  const written: Record<string, unknown> = {};
  for (const table of tables) written[table] = (await pool.query(`select md5(coalesce(string_agg(xmin::text, ',' order by ctid), '')) as written from ${table}`)).rows[0];
  return written;
}

it('the work of a killed node goes on elsewhere by itself, and what a frozen node wakes up with comes to nothing', async () => {
  const postgres = await postgresForThisTest();
  const { pool } = postgres;
  const slow = { users: 150, latencyMs: 80 } as const;
  const [readA, readB, changeA, changeB] = await Promise.all([organisation({ ...slow, seed: 51 }), organisation({ ...slow, seed: 52 }), organisation({ users: 250, seed: 53, latencyMs: 25 }), organisation({ users: 250, seed: 54, latencyMs: 25 })]);
  const node = () => startNode({ databaseUrl: postgres.url, role: 'worker' });
  const [front, first] = await Promise.all([startNode({ databaseUrl: postgres.url, role: 'api' }), node()]);
  const { client } = front;
  await client.call(routes.session.changeSettings, { body: { caps: { people: 10_000, percent: 100 } } });
  const sources = { readA: await connect(client, readA, 'Read A'), readB: await connect(client, readB, 'Read B'), changeA: await connect(client, changeA, 'Change A'), changeB: await connect(client, changeB, 'Change B') };
  for (const id of await Promise.all([requestSync(client, sources.changeA), requestSync(client, sources.changeB)])) await syncDone(client, id);
  const [planA, planB] = [await planRemoval(client, sources.changeA, 'Change A'), await planRemoval(client, sources.changeB, 'Change B')];

  // SIGKILL in the middle of a sync and of a run.
  const marks = { a: changeA.journal.length, b: changeB.journal.length };
  const syncA = await requestSync(client, sources.readA);
  const runA = await apply(client, planA);
  await until('both are under way', async () => changesOf(changeA, marks.a).length > 3 && (await epochOf(pool, 'sync', syncA)) === 1);
  first.signal('SIGKILL');
  await first.exited;
  const second = await node();
  await expect.poll(async () => [await epochOf(pool, 'sync', syncA), await epochOf(pool, 'run', runA)], { timeout: 30_000 }).toEqual([2, 2]);
  await syncDone(client, syncA);
  expect(await runDone(client, runA)).toMatchObject({ state: 'done', totals: { failed: 0, uncertain: 0, pending: 0 } });
  const changes = changesOf(changeA, marks.a);
  expect(new Set(changes).size).toBe(changes.length);

  // SIGSTOP between the intent of a call and its sending, in the middle of a sync.
  const syncB = await requestSync(client, sources.readB);
  await until('the sync is under way', async () => (await epochOf(pool, 'sync', syncB)) === 1);
  const runB = await apply(client, planB);
  await until('some people are done', () => Promise.resolve(changesOf(changeB, marks.b).length > 3));
  await writeFile(`${second.dataFolder}/freeze`, '');
  await until('the node is frozen', () => second.isFrozen());
  const third = await node();
  await expect.poll(async () => [await epochOf(pool, 'sync', syncB), await epochOf(pool, 'run', runB)], { timeout: 30_000 }).toEqual([2, 2]);
  await syncDone(client, syncB);
  expect(await runDone(client, runB)).toMatchObject({ state: 'done', totals: { failed: 0, uncertain: 0, pending: 0 } });
  const [before, sent] = [await everythingWritten(pool), requestsOf(changeB, marks.b)];
  second.signal('SIGCONT');
  await until('the node is awake', () => fetch(`${second.url}/healthz`).then((answer) => answer.ok, () => false));
  second.signal('SIGTERM');
  expect(await second.exited).toBe(0);
  expect(await everythingWritten(pool)).toEqual(before);
  expect(requestsOf(changeB, marks.b)).toEqual(sent);
  expect(new Set(sent).size).toBe(sent.length);

  const count = await client.call(routes.inventory.count, { query: { q: '', exact: 'true' } });
  expect(count.accounts).toBe([readA, readB, changeA, changeB].reduce((sum, one) => sum + [...one.truth.accounts()].length, 0));
  expect(await client.call(routes.audit.verify, {})).toMatchObject({ ok: true, problem: null });
  third.signal('SIGTERM');
  expect(await third.exited).toBe(0);
});
