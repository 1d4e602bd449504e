import { expect, it } from 'vitest';
import { buildLeftIndexes, holdIndexes, setAsideIndexes } from '../../src/db/index.ts';
import type { TestDatabase } from '../support/database.ts';
import { setUp } from './support.ts';

/** Every index with its definition, as PostgreSQL tells it. */
async function indexes({ pool }: TestDatabase): Promise<readonly string[]> {
  const { rows } = await pool.query<{ line: string }>(`select indexdef || case when i.indisvalid then '' else ' (not valid)' end as line
    from pg_indexes x join pg_index i on i.indexrelid = (quote_ident(x.schemaname) || '.' || quote_ident(x.indexname))::regclass where x.schemaname = 'public' order by 1`);
  return rows.map(({ line }) => line);
}

/** How many rows of the bulk tables refer to something that is not there. */
async function orphans({ pool }: TestDatabase): Promise<unknown> {
  const { rows } = await pool.query(`select
    (select count(*) from access c where not exists (select from account a where a.id = c.account_id and a.workspace_id = c.workspace_id))
    + (select count(*) from access c where not exists (select from resource r where r.id = c.resource_id))
    + (select count(*) from access c where c.evidence_id is not null and not exists (select from evidence e where e.id = c.evidence_id)) as accesses,
    (select count(*) from group_member m where not exists (select from account a where a.id = m.account_id and a.workspace_id = m.workspace_id))
    + (select count(*) from group_member m where not exists (select from account_group g where g.id = m.group_id)) as members,
    (select count(*) from activity_month d where not exists (select from access c where c.id = d.access_id)) as months`);
  return rows[0];
}

const none = { accesses: 0, members: 0, months: 0 };

it('a first sync leaves every index that was there before, and rows that all refer to something', async () => {
  const { database, sync } = await setUp();
  const before = await indexes(database);
  expect((await sync()).state).toBe('done');
  expect(await indexes(database)).toEqual(before);
  expect(await orphans(database)).toEqual(none);
  expect((await sync()).state).toBe('done');
  expect(await orphans(database)).toEqual(none);
});

it('a start builds the indexes that a killed first sync had set aside; one that is being filled now is left alone', async () => {
  const { database } = await setUp();
  const before = await indexes(database);
  await setAsideIndexes(database.db);
  await setAsideIndexes(database.db);
  expect((await indexes(database)).length).toBeLessThan(before.length - 5);
  await database.db.transaction().execute(async (filling) => {
    await holdIndexes(filling);
    await buildLeftIndexes(database.db);
    expect(await indexes(database)).not.toEqual(before);
  });
  await buildLeftIndexes(database.db);
  expect(await indexes(database)).toEqual(before);
});

it('indexes of an inventory with accounts are never set aside', async () => {
  const { database, sync } = await setUp();
  await sync();
  const before = await indexes(database);
  await setAsideIndexes(database.db);
  expect(await indexes(database)).toEqual(before);
});

it('rows go with what they belong to, and nothing that is referred to can go', async () => {
  const { database, sync } = await setUp();
  await sync();
  const { pool } = database;
  await pool.query('delete from group_grant; delete from direct_role');
  await expect(pool.query('delete from resource')).rejects.toThrow('accesses still refer to this resource');
  await expect(pool.query('delete from evidence')).rejects.toThrow('accesses still refer to this evidence');
  await pool.query('delete from account_group where id in (select group_id from group_member limit 1)');
  expect(await orphans(database)).toEqual(none);
  await pool.query('delete from account where id % 2 = 0');
  expect(await orphans(database)).toEqual(none);
  await pool.query('delete from access where id % 3 = 0');
  expect(await orphans(database)).toEqual(none);
  const left = await pool.query<{ accounts: number; accesses: number; members: number; months: number }>('select (select count(*) from account) as accounts, (select count(*) from access) as accesses, (select count(*) from group_member) as members, (select count(*) from activity_month) as months');
  for (const count of Object.values(left.rows[0] ?? {})) expect(count).toBeGreaterThan(0);
});
