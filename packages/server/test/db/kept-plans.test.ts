import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { createDatabase, createPool, keptPlan, keptWhileAsked } from '../../src/db/index.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
const pool = createPool({ connectionString: database.connectionString, applicationName: 'kept plans', max: 1, onError: () => undefined });
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const prepared = async () => (await pool.query<{ statement: string; uses: number }>('select statement, (generic_plans + custom_plans)::int as uses from pg_prepared_statements order by statement')).rows;

it('keeps marked statements prepared on their connection, and only these, and answers the same', async () => {
  const db = createDatabase(pool, { keepsPlans: true });
  const ask = async (name: string) => (await sql<{ found: number }>`
    ${keptPlan} select count(*)::int as found from pg_class where relname = any(${[name, 'nothing']}::text[])`.execute(db)).rows[0]?.found;
  expect([await ask('account'), await ask('no such table'), await ask('access')]).toEqual([1, 0, 1]);
  expect((await sql<{ found: number }>`select ${1}::int as found`.execute(db)).rows).toEqual([{ found: 1 }]);
  expect(await prepared()).toEqual([{ statement: expect.stringContaining('from pg_class'), uses: 3 }]);
});

it('keeps what questions are made into from the second time on, and a bounded number of them', async () => {
  const own = createPool({ connectionString: database.connectionString, applicationName: 'asked', max: 1, onError: () => undefined });
  const db = createDatabase(own, { keepsPlans: true });
  const ask = async (question: number) => (await sql<{ sum: number }>`${keptWhileAsked} select ${sql.lit(question)} + ${1}::int as sum`.execute(db)).rows[0]?.sum;
  const kept = async () => (await own.query<{ kept: number }>('select count(*)::int as kept from pg_prepared_statements')).rows[0]?.kept;
  expect(await ask(5)).toBe(6);
  expect(await kept()).toBe(0);
  expect([await ask(5), await ask(5)]).toEqual([6, 6]);
  expect(await kept()).toBe(1);
  for (let time = 0; time < 3; time += 1) for (let question = 0; question < 120; question += 1) expect(await ask(question)).toBe(question + 1);
  expect(await kept()).toBe(50);
  for (let question = 1_000; question < 2_000; question += 1) expect(await ask(question)).toBe(question + 1);
  expect(await kept()).toBe(50);
  await own.end();
});

it('is told of an error as by any statement, and goes on', async () => {
  const db = createDatabase(pool, { keepsPlans: true });
  const divide = (by: number) => sql<{ told: number }>`${keptPlan} select 6 / ${by}::int as told`.execute(db);
  await expect(divide(0)).rejects.toMatchObject({ code: '22012' });
  expect((await divide(3)).rows).toEqual([{ told: 2 }]);
});

it('goes on when the schema changes under it', async () => {
  const db = createDatabase(pool, { keepsPlans: true });
  await pool.query('create table kept (id int)');
  const read = () => sql<{ id: number }>`${keptPlan} select id from kept`.execute(db);
  expect((await read()).rows).toEqual([]);
  await pool.query('alter table kept add column more text; insert into kept (id) values (4)');
  expect((await read()).rows).toEqual([{ id: 4 }]);
});

it('leaves nothing on connections that a pooler may share', async () => {
  const own = createPool({ connectionString: database.connectionString, applicationName: 'pooled', max: 1, onError: () => undefined });
  for (const kept of [keptPlan, keptWhileAsked, keptWhileAsked]) await sql`${kept} select ${1}::int`.execute(createDatabase(own));
  expect((await own.query('select from pg_prepared_statements')).rowCount).toBe(0);
  await own.end();
});
