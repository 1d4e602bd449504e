import pg from 'pg';
import type { TestDatabase } from './database.ts';

/**
 * Gives a test database a clock of its own: the functions by which our statements ask for the time stand before PostgreSQL's. Connections that were made before keep
 * the old one, so this comes first. With `frozenAt` the clock stands still and is moved by the test alone.
 */
export async function giveClock(database: Pick<TestDatabase, 'connectionString'>, frozenAt: Date | null = null): Promise<{ set(shiftMs: number): Promise<void>; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  const name = new URL(database.connectionString).pathname.slice(1);
  const base = frozenAt === null ? 'pg_catalog.clock_timestamp()' : `'${frozenAt.toISOString()}'::timestamptz`;
  await client.query(`
    create schema test_clock;
    create table test_clock.shift (seconds double precision not null);
    insert into test_clock.shift values (0);
    create function test_clock.clock_timestamp() returns timestamptz language sql volatile as 'select ${base.replaceAll("'", "''")} + make_interval(secs => (select seconds from test_clock.shift))';
    create function test_clock.now() returns timestamptz language sql volatile as 'select test_clock.clock_timestamp()';
    alter database ${name} set search_path = test_clock, pg_catalog, public;`);
  return {
    set: async (shiftMs) => void (await client.query('update test_clock.shift set seconds = $1', [shiftMs / 1000])),
    close: () => client.end(),
  };
}
