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
  // Some 30 MB that hardly compress, so that there is a middle to be killed in.
  await database.pool.query("INSERT INTO saved_view (id, workspace_id, name, search, owner) SELECT gen_random_uuid(), (SELECT min(id) FROM workspace), 'v' || n, jsonb_build_object('q', (SELECT string_agg(md5(random()::text || n || i), '') FROM generate_series(1, 640) i)), 'x' FROM generate_series(1, 1500) n");
});
afterAll(() => database.drop());

/** `rollcall …` as a process of its own, on a database server and a data folder where no server runs. */
function rollcall(args: readonly string[], connectionString: string, folder: string) {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'], HOME: folder, ROLLCALL_DATA: folder, ROLLCALL_PORT: '1', DATABASE_URL: connectionString }, stdio: 'ignore' });
  const exited = once(child, 'exit');
  onTestFinished(() => { child.kill('SIGKILL'); });
  return { child, exited };
}

it('a backup that is killed leaves the file of before under its name', async () => {
  const file = await newFile();
  const folder = path.dirname(file);
  await writeFile(file, 'the backup of yesterday');
  const { child, exited } = rollcall(['backup', file], database.connectionString, folder);
  const draft = async (): Promise<number> => {
    const name = (await readdir(folder)).find((one) => one.endsWith('.part'));
    return name === undefined ? 0 : (await stat(path.join(folder, name)).catch(() => ({ size: 0 }))).size;
  };
  await expect.poll(draft, { timeout: 50_000, interval: 3 }).toBeGreaterThan(100_000);
  child.kill('SIGKILL');
  await exited;
  expect(await readFile(file, 'utf8')).toBe('the backup of yesterday');
  const again = rollcall(['backup', file], database.connectionString, folder);
  expect(await again.exited).toEqual([0, null]);
  expect((await check(file)).rows).toBeGreaterThan(1_700);
});

it('a restore that is killed leaves the database as it was, and can be done again', async () => {
  const file = await newFile();
  await backUp(database.pool, file);
  const { pool, connectionString, db } = await emptyDatabase();
  await seedInventory(db, { count: 40, seed: 2 });
  const before = await contents(pool);
  const name = (await db.selectFrom('workspace').select('name').orderBy('id').executeTakeFirstOrThrow()).name;
  const { child, exited } = rollcall(['restore', file, '--replace', '--confirm', name, '--without-keys'], connectionString, path.dirname(file));
  const loading = async (): Promise<boolean> => (await pool.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY%saved_view%FROM STDIN%'")).rowCount === 1;
  await expect.poll(loading, { timeout: 50_000, interval: 3 }).toBe(true);
  child.kill('SIGKILL');
  await exited;
  await expect.poll(async () => (await pool.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'rollcall restore'")).rowCount, { timeout: 20_000 }).toBe(0);
  expect(await contents(pool)).toEqual(before);
  expect((await pool.query("SELECT 1 FROM pg_namespace WHERE nspname = 'rollcall_restore'")).rowCount).toBe(0);
  await restore(pool, file);
  expect((await contents(pool)).get('saved_view')).toBe((await contents(database.pool)).get('saved_view'));
});
