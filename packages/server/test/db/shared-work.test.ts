import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { sharedWork, transaction } from '../../src/db/index.ts';
import { testDatabase } from '../support/database.ts';

/** Fails as the database does when it cannot get shared memory, as long as it may share work among processes. */
const shared = (code: string) => sql.raw(`do $$ begin
  insert into found values (current_setting('max_parallel_workers_per_gather'));
  if current_setting('max_parallel_workers_per_gather') <> '0' then raise 'could not resize shared memory segment' using errcode = '${code}'; end if;
end $$`);

it.each(['53100', '53200'])('is done again by one process where shared memory is short, with nothing left of the first time: %s', async (code) => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  let times = 0;
  const found = await transaction(database.pool, async (trx) => {
    await sql`create temp table found (workers text)`.execute(trx);
    await sharedWork(trx, async () => {
      times += 1;
      await sql`${shared(code)}`.execute(trx);
    });
    const { rows } = await sql<{ workers: string }>`select workers from found`.execute(trx);
    return rows.map(({ workers }) => workers);
  });
  expect([times, found]).toEqual([2, ['0']]);
});

it('passes every other failure on, after one try', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  let times = 0;
  const work = transaction(database.pool, (trx) => sharedWork(trx, async () => {
    times += 1;
    await sql`select 1 / 0`.execute(trx);
  }));
  await expect(work).rejects.toMatchObject({ code: '22012' });
  expect(times).toBe(1);
});
