import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { backupDatabase } from '../../src/app/backup-database.ts';
import { loadConfig } from '../../src/app/config.ts';
import { checkBackupFile, restoreDatabase } from '../../src/app/restore-database.ts';
import { migrate, migrationsFolder } from '../../src/db/index.ts';
import { ensureKeyFile } from '../../src/features/secrets/index.ts';
import type { TestDatabase } from '../support/database.ts';
import { check, contents, emptyDatabase, newFile } from './support.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const personId = '01a205fc-23a4-70d6-ae33-2b9974277702';

function configOf(database: TestDatabase, folder: string) {
  return loadConfig({ DATABASE_URL: database.connectionString, ROLLCALL_DATA: folder });
}

async function backUpTo(database: TestDatabase, file: string): Promise<void> {
  const begun = await backupDatabase(configOf(database, path.dirname(file)), quiet);
  await pipeline(begun.chunks, createWriteStream(file));
  await begun.close();
}

/** A workspace with one sealed API key and one person with a second factor. */
async function withSecrets(keyId: string): Promise<TestDatabase> {
  const database = await emptyDatabase();
  const { db } = database;
  const { id } = await db.insertInto('workspace').values({ key: '01a205fc-23a4-70d6-ae33-2b9974277700', name: 'Acme' }).returning('id').executeTakeFirstOrThrow();
  const realm = await db.insertInto('realm').values({ workspace_id: id, kind: 'atlassian-org', vendor_id: 'o', name: 'o' }).returning('id').executeTakeFirstOrThrow();
  const sourceId = '01a205fc-23a4-70d6-ae33-2b9974277701';
  await db.insertInto('source').values({ id: sourceId, workspace_id: id, realm_id: realm.id, kind: 'atlassian-org', name: 'o' }).execute();
  await db.insertInto('source_secret').values({ workspace_id: id, source_id: sourceId, field: 'apiKey', key_id: keyId, nonce: randomBytes(12), sealed: randomBytes(32) }).execute();
  await db.insertInto('person').values({ id: personId, name: 'Ada', email: 'ada@example.com', two_factor_enabled: true }).execute();
  await db.insertInto('person_two_factor').values({ id: personId, person_id: personId, secret: 's', backup_codes: 'b' }).execute();
  return database;
}

const options = { mayReplace: () => Promise.reject(new Error('holds something')), withoutKeys: false, onProgress: () => undefined };

it('is refused where the key is not, before anything changes, and can leave out what nobody can open', async () => {
  const file = await newFile();
  const folder = path.dirname(file);
  const from = await withSecrets('feedbeef');
  await backUpTo(from, file);
  expect((await checkBackupFile(file, () => undefined)).header.keyIds).toEqual(['feedbeef']);
  const to = await emptyDatabase();
  const before = await contents(to.pool);
  await expect(restoreDatabase(configOf(to, folder), quiet, file, options)).rejects.toThrow('feedbeef');
  await ensureKeyFile(folder);
  await expect(restoreDatabase(configOf(to, folder), quiet, file, options)).rejects.toThrow('--without-keys');
  expect(await contents(to.pool)).toEqual(before);

  await restoreDatabase(configOf(to, folder), quiet, file, { ...options, withoutKeys: true });
  expect(await to.db.selectFrom('source_secret').selectAll().execute()).toEqual([]);
  expect(await to.db.selectFrom('person').select(['name', 'two_factor_enabled']).execute()).toEqual([{ name: 'Ada', two_factor_enabled: false }]);
  expect(await to.db.selectFrom('person_two_factor').selectAll().execute()).toEqual([]);
});

it('is taken where the key is, and asks before it replaces something', async () => {
  const file = await newFile();
  const folder = path.dirname(file);
  const from = await withSecrets((await ensureKeyFile(folder)).current.id);
  await backUpTo(from, file);
  const to = await emptyDatabase();
  await restoreDatabase(configOf(to, folder), quiet, file, options);
  expect((await contents(to.pool)).get('source_secret')).toBe((await contents(from.pool)).get('source_secret'));
  await to.db.insertInto('saved_view').values({ id: personId, workspace_id: 1, name: 'mine', search: '{}', owner: '' }).execute();
  await expect(restoreDatabase(configOf(to, folder), quiet, file, options)).rejects.toThrow('holds something');
  expect((await contents(to.pool)).get('saved_view')?.split(' ')[0]).toBe('1');
  const seen: unknown[] = [];
  await restoreDatabase(configOf(to, folder), quiet, file, { ...options, mayReplace: (target) => Promise.resolve(void seen.push(target)) });
  expect(seen).toMatchObject([{ name: 'Acme', people: 1, sources: 1 }]);
  expect((await contents(to.pool)).get('saved_view')?.split(' ')[0]).toBe('0');
});

it('of a schema that an older version left is made without migrating it', async () => {
  const file = await newFile();
  const folder = path.dirname(file);
  await cp(migrationsFolder, `${folder}/migrations`, { recursive: true });
  for (const name of (await readdir(`${folder}/migrations`)).toSorted().slice(3)) await rm(`${folder}/migrations/${name}`);
  const old = await emptyDatabase({ empty: true });
  await migrate(old.pool, `${folder}/migrations`);
  await old.pool.query("INSERT INTO workspace (key, name) VALUES (gen_random_uuid(), 'Old')");
  await backUpTo(old, file);
  expect((await check(file)).schema).toBe(3);
  expect((await old.pool.query('SELECT 1 FROM upgrade.migration')).rowCount).toBe(3);
});

it('is restored over a schema of which only the first steps were made, as a kill leaves it', async () => {
  const file = await newFile();
  const folder = path.dirname(file);
  const from = await withSecrets((await ensureKeyFile(folder)).current.id);
  await backUpTo(from, file);
  await cp(migrationsFolder, `${folder}/migrations`, { recursive: true });
  for (const steps of [3, 1]) {
    for (const name of (await readdir(`${folder}/migrations`)).toSorted().slice(steps)) await rm(`${folder}/migrations/${name}`);
    const to = await emptyDatabase({ empty: true });
    await migrate(to.pool, `${folder}/migrations`);
    await restoreDatabase(configOf(to, folder), quiet, file, options);
    expect((await contents(to.pool)).get('source_secret')).toBe((await contents(from.pool)).get('source_secret'));
  }
});

it('is not made of nothing', async () => {
  const folder = path.dirname(await newFile());
  await expect(backupDatabase(loadConfig({ ROLLCALL_DATA: folder }), quiet)).rejects.toThrow('nothing to back up');
  expect(await readdir(folder)).toEqual([]);
  await expect(backupDatabase(configOf(await emptyDatabase({ empty: true }), folder), quiet)).rejects.toThrow('holds no Rollcall');
});
