import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Dependencies } from '../../src/app/dependencies.ts';
import { createDatabase, createPool, DiskFullError, migrate, startEmbedded, transaction } from '../../src/db/index.ts';
import { backupHandlers } from '../../src/features/backup/index.ts';
import { peopleHandlers } from '../../src/features/people/index.ts';
import { recordAudit } from '../../src/features/audit/index.ts';
import { seedInventory } from '../inventory/seed-inventory.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { localToken, startTestHttp } from '../support/http-server.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';
import type { SmallDisk } from '../support/small-disk.ts';
import { backUp, check, contents, newFile } from './support.ts';

const main = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));
const mounts = await canMount();

const handlers = (deps: Dependencies) => [...backupHandlers(deps), ...peopleHandlers(deps)];

/** Some 30 MB that hardly compress. */
const bulk = "INSERT INTO saved_view (id, workspace_id, name, search, owner) SELECT gen_random_uuid(), (SELECT min(id) FROM workspace), 'v' || n, jsonb_build_object('q', (SELECT string_agg(md5(random()::text || n || i), '') FROM generate_series(1, 640) i)), 'x' FROM generate_series(1, 1500) n";

let full: TestDatabase;
beforeAll(async () => {
  full = await testDatabase();
  await seedInventory(full.db, { count: 100, seed: 21 });
  await full.pool.query(bulk);
});
afterAll(() => full.drop());

async function diskOf(sizeMiB: number): Promise<SmallDisk> {
  const parent = await mkdtemp('/tmp/rollcall-disk-');
  await chmod(parent, 0o755);
  const disk = await smallDisk(parent, sizeMiB);
  onTestFinished(async () => {
    await disk.remove();
    await rm(parent, { recursive: true, force: true });
  });
  return disk;
}

interface Ended {
  readonly code: number;
  readonly said: string;
}

/** `rollcall …` as a process of its own; `settings` say where its database is. Standard output goes nowhere, or to `out`. */
async function rollcall(args: readonly string[], settings: Readonly<Record<string, string>>, out: number | 'ignore' = 'ignore'): Promise<Ended> {
  const folder = await mkdtemp('/tmp/rollcall-cli-');
  onTestFinished(() => rm(folder, { recursive: true }));
  const child = spawn(process.execPath, [main, ...args, '--quiet'], { env: { PATH: process.env['PATH'], HOME: folder, ROLLCALL_DATA: folder, ROLLCALL_PORT: '1', ...settings }, stdio: ['ignore', out, 'pipe'] });
  onTestFinished(() => { child.kill('SIGKILL'); });
  const said: Buffer[] = [];
  child.stderr?.on('data', (piece: Buffer) => said.push(piece));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said: Buffer.concat(said).toString() };
}

// Skipped, and seen to be skipped, where we may not mount a small disk of our own.
describe.runIf(mounts)('a backup into a full disk', () => {
  it('straight from the database leaves the file of before, and says so in one sentence', async () => {
    const disk = await diskOf(4);
    const file = path.join(disk.folder, 'all.backup');
    await writeFile(file, 'the backup of yesterday');
    const { code, said } = await rollcall(['backup', file], { DATABASE_URL: full.connectionString });
    expect(said).toBe(`No backup was written to ${file}: The disk is full (${disk.folder}). Nothing was half-written: free some space and try again.\n`);
    expect(code).toBe(1);
    expect(await readFile(file, 'utf8')).toBe('the backup of yesterday');
    expect(await readdir(disk.folder)).toEqual(['all.backup']);
    await disk.grow(100);
    expect(await rollcall(['backup', file], { DATABASE_URL: full.connectionString })).toEqual({ code: 0, said: '' });
    expect((await check(file)).rows).toBeGreaterThan(1_500);
  });

  it('through a server is the same, and the server makes the next one', async () => {
    const disk = await diskOf(4);
    const server = await startTestHttp(full, { handlers });
    onTestFinished(() => server.close());
    const file = path.join(disk.folder, 'all.backup');
    const settings = { ROLLCALL_URL: server.url, ROLLCALL_TOKEN: localToken };
    const { code, said } = await rollcall(['backup', file], settings);
    expect(said).toBe(`No backup was written to ${file}: The disk is full (${disk.folder}). Nothing was half-written: free some space and try again.\n`);
    expect(code).toBe(1);
    expect(await readdir(disk.folder)).toEqual([]);
    await disk.grow(100);
    expect(await rollcall(['backup', file], settings)).toEqual({ code: 0, said: '' });
    expect((await check(file)).rows).toBeGreaterThan(1_500);
  });

  it('on standard output ends with a failure and a sentence', async () => {
    const disk = await diskOf(4);
    const out = await open(path.join(disk.folder, 'all.backup'), 'w');
    onTestFinished(() => out.close());
    const { code, said } = await rollcall(['backup', '-'], { DATABASE_URL: full.connectionString }, out.fd);
    expect(said).toContain('the disk is full');
    expect(said.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
    await expect(check(path.join(disk.folder, 'all.backup'))).rejects.toThrow('incomplete');
  });
});

/** A database with its own server on a disk of its own. */
async function serverOn(disk: SmallDisk): Promise<TestDatabase & { readonly dataFolder: string }> {
  const dataFolder = path.join(disk.folder, 'data');
  const server = await startEmbedded({ dataFolder, testing: true });
  const pool = createPool({ connectionString: server.connectionString, applicationName: 'test', onError: () => undefined });
  const drop = async (): Promise<void> => {
    if (!pool.ended) await pool.end();
    await server.stop();
  };
  onTestFinished(drop);
  await migrate(pool);
  return { dataFolder, pool, db: createDatabase(pool), connectionString: server.connectionString, drop };
}

const actor = { id: 'local', name: 'Rollcall CLI', kind: 'local' } as const;

describe.runIf(mounts)('a server whose own disk is full', () => {
  it('refuses a backup that it cannot write down, and makes it once there is room', async () => {
    const disk = await diskOf(200);
    const database = await serverOn(disk);
    const server = await startTestHttp(database, { handlers });
    onTestFinished(() => server.close());
    await disk.fill();
    const { workspaceId } = server;
    const another = (): Promise<unknown> => transaction(database.pool, (trx) => recordAudit(trx, { workspaceId, actor }, { kind: 'backup.begun', subjectKind: 'backup', subjectId: null, payload: {} }, new Date()));
    const untilFull = async (): Promise<never> => {
      for (;;) await another();
    };
    await expect(untilFull()).rejects.toMatchObject({ code: '53100' });
    const file = await newFile();
    const { code, said } = await rollcall(['backup', file], { ROLLCALL_URL: server.url, ROLLCALL_TOKEN: localToken });
    expect(said).toBe('The disk of the database is full; nothing was changed. Free some space, then try again.\n');
    expect(code).toBe(1);
    expect(await readdir(path.dirname(file))).toEqual([]);
    await disk.empty();
    expect(await rollcall(['backup', file], { ROLLCALL_URL: server.url, ROLLCALL_TOKEN: localToken })).toEqual({ code: 0, said: '' });
    expect((await check(file)).header.workspaces).toEqual([expect.objectContaining({ name: 'Main' })]);
  });
});

describe.runIf(mounts)('a restore whose disk becomes full', () => {
  it('leaves the database as it was, says so in one sentence, and is done again once there is room', async () => {
    const file = await newFile();
    await backUp(full.pool, file);
    const disk = await diskOf(300);
    const { dataFolder, pool, db, drop } = await serverOn(disk);
    await seedInventory(db, { count: 40, seed: 2 });
    const { name } = await db.selectFrom('workspace').select('name').orderBy('id').executeTakeFirstOrThrow();
    const before = await contents(pool);
    await drop();
    await disk.leave(22);
    const args = ['restore', file, '--replace', '--confirm', name, '--without-keys'];
    const { code, said } = await rollcall(args, { ROLLCALL_DATA: dataFolder });
    expect(said).toBe(`${new DiskFullError(dataFolder).message}\n`);
    expect(code).toBe(1);
    const again = await reopened(dataFolder);
    expect(await contents(again.pool)).toEqual(before);
    expect((await again.pool.query("SELECT 1 FROM pg_namespace WHERE nspname = 'rollcall_restore'")).rowCount).toBe(0);
    await again.close();
    await disk.grow(400);
    expect(await rollcall(args, { ROLLCALL_DATA: dataFolder })).toEqual({ code: 0, said: '' });
    const restored = await reopened(dataFolder);
    expect((await contents(restored.pool)).get('saved_view')).toBe((await contents(full.pool)).get('saved_view'));
    await restored.close();
  });
});

async function reopened(dataFolder: string) {
  const server = await startEmbedded({ dataFolder, testing: true });
  const pool = createPool({ connectionString: server.connectionString, applicationName: 'test', onError: () => undefined });
  const close = async (): Promise<void> => {
    if (!pool.ended) await pool.end();
    await server.stop();
  };
  onTestFinished(close);
  return { pool, close };
}
