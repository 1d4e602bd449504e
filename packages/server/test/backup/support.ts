import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { onTestFinished } from 'vitest';
import { beginBackup, checkBackup, openBackupFile, restoreBackup } from '../../src/features/backup/index.ts';
import type { BackupSummary, Restored } from '../../src/features/backup/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const operator = { id: 'local', name: 'Rollcall CLI', kind: 'local' } as const;

/** A path in a folder that goes with the test. */
export async function newFile(): Promise<string> {
  const folder = await mkdtemp('/tmp/rollcall-backup-');
  onTestFinished(() => rm(folder, { recursive: true }));
  return `${folder}/all.backup`;
}

/** A migrated database without rows, which goes with the test. */
export async function emptyDatabase(options: { readonly empty?: boolean } = {}): Promise<TestDatabase> {
  const database = await testDatabase(options);
  onTestFinished(() => database.drop());
  return database;
}

/** Makes a backup of a database into a file. */
export async function backUp(pool: pg.Pool, file: string): Promise<void> {
  const { chunks } = await beginBackup({ pool, now: () => new Date() }, operator);
  await pipeline(chunks, createWriteStream(file));
}

/** Checks a file and restores it. */
export async function restore(pool: pg.Pool, file: string, more: { readonly withoutKeys?: boolean; readonly migrations?: string } = {}): Promise<Restored> {
  const summary = await check(file);
  const { bytes } = await openBackupFile(file);
  return restoreBackup(pool, { summary, bytes, now: new Date(), withoutKeys: false, onProgress: () => undefined, ...more });
}

export async function check(file: string): Promise<BackupSummary> {
  return checkBackup((await openBackupFile(file)).bytes);
}

/** Checks bytes as if they were a file. */
export async function checkBytes(bytes: Uint8Array, file: string): Promise<BackupSummary> {
  await writeFile(file, bytes);
  return check(file);
}

/** What a database holds, told by PostgreSQL itself: of each table the number of rows and a digest over all of them in an order of its own. */
export async function contents(pool: pg.Pool): Promise<Map<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ told: string }>(`SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")), '') AS told FROM "${name}" t`);
    found.set(name, rows[0]?.told ?? '');
  }
  return found;
}
