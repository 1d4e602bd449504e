import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { seedInventory } from '../inventory/seed-inventory.ts';
import { backUp, check, contents, emptyDatabase, newFile, restore } from './support.ts';

const main = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await seedInventory(database.db, { count: 200, seed: 12 });
  // Some 10 MB that hardly compress, so that there is a middle to be killed in.
  await database.pool.query("INSERT INTO saved_view (id, workspace_id, name, search, owner) SELECT gen_random_uuid(), (SELECT min(id) FROM workspace), 'v' || n, jsonb_build_object('q', (SELECT string_agg(md5(random()::text || n || i), '') FROM generate_series(1, 640) i)), 'x' FROM generate_series(1, 500) n");
});
afterAll(() => database.drop());

/** `rollcall …` as a process of its own, on a database server and a data folder where no server runs. */
function rollcall(args: readonly string[], connectionString: string, folder: string) {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'], HOME: folder, ROLLCALL_DATA: folder, ROLLCALL_PORT: '1', DATABASE_URL: connectionString }, stdio: 'ignore' });
  const exited = once(child, 'exit');
  onTestFinished(() => { child.kill('SIGKILL'); });
  return { child, exited };
}

/** Sessions of a program that wait for a lock at a statement like this. */
async function waiting(program: string, statement: string): Promise<number | null> {
  return (await database.pool.query("SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock' AND query ILIKE $2", [program, statement])).rowCount;
}

it('a backup that is killed leaves the file of before under its name', async () => {
  const file = await newFile();
  const folder = path.dirname(file);
  await writeFile(file, 'the backup of yesterday');
  // Both audit events of a backup need the head row. Whoever asks for it first gets it first: the event of the beginning, then we, and the event of the end waits for us.
  await database.pool.query("INSERT INTO audit_head (workspace_id, seq, hash) SELECT id, 0, decode(repeat('00', 32), 'hex') FROM workspace");
  const [first, second] = [await database.pool.connect(), await database.pool.connect()];
  await first.query('BEGIN');
  await first.query('SELECT 1 FROM audit_head FOR UPDATE');
  const { child, exited } = rollcall(['backup', file], database.connectionString, folder);
  await expect.poll(() => waiting('rollcall backup', '%audit_head%'), { timeout: 50_000 }).toBe(1);
  await second.query('BEGIN');
  const held = second.query('SELECT 1 FROM audit_head FOR UPDATE');
  await expect.poll(async () => (await database.pool.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT 1 FROM audit_head%' AND datname = current_database()")).rowCount).toBe(1);
  await first.query('ROLLBACK');
  await held;
  await expect.poll(() => waiting('rollcall backup', '%audit_head%'), { timeout: 50_000 }).toBe(1);
  const draft = (await readdir(folder)).find((one) => one.endsWith('.part')) ?? 'none';
  expect((await stat(path.join(folder, draft))).size).toBeGreaterThan(1_000_000);
  child.kill('SIGKILL');
  await exited;
  await second.query('ROLLBACK');
  first.release();
  second.release();
  expect(await readFile(file, 'utf8')).toBe('the backup of yesterday');
  await expect(check(path.join(folder, draft))).rejects.toThrow('incomplete');
  const again = rollcall(['backup', file], database.connectionString, folder);
  expect(await again.exited).toEqual([0, null]);
  expect((await check(file)).rows).toBeGreaterThan(700);
});

it('a restore that is killed leaves the database as it was, and can be done again', async () => {
  const file = await newFile();
  await backUp(database.pool, file);
  const { pool, connectionString, db } = await emptyDatabase();
  await seedInventory(db, { count: 40, seed: 2 });
  const before = await contents(pool);
  const name = (await db.selectFrom('workspace').select('name').orderBy('id').executeTakeFirstOrThrow()).name;
  // Everything is loaded and only the old tables stand in the way: the last moment before the commit.
  const reader = await pool.connect();
  await reader.query('BEGIN');
  await reader.query('SELECT 1 FROM saved_view');
  const { child, exited } = rollcall(['restore', file, '--replace', '--confirm', name, '--without-keys'], connectionString, path.dirname(file));
  await expect.poll(() => waiting('rollcall restore', 'DROP TABLE%'), { timeout: 50_000 }).toBe(1);
  child.kill('SIGKILL');
  await exited;
  await reader.query('ROLLBACK');
  reader.release();
  await expect.poll(async () => (await pool.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'rollcall restore'")).rowCount, { timeout: 20_000 }).toBe(0);
  expect(await contents(pool)).toEqual(before);
  expect((await pool.query("SELECT 1 FROM pg_namespace WHERE nspname = 'rollcall_restore'")).rowCount).toBe(0);
  await restore(pool, file);
  expect((await contents(pool)).get('saved_view')).toBe((await contents(database.pool)).get('saved_view'));
});
