import { readFile } from 'node:fs/promises';
import { zstdCompressSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { random, seedInventory } from '../inventory/seed-inventory.ts';
import { BackupFileError } from '../../src/features/backup/index.ts';
import { backUp, check, checkBytes, contents, newFile, restore } from './support.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await seedInventory(database.db, { count: 300, seed: 5 });
});
afterAll(() => database.drop());

async function goodFile(): Promise<{ file: string; bytes: Buffer }> {
  const file = await newFile();
  await backUp(database.pool, file);
  return { file, bytes: await readFile(file) };
}

/** An envelope that is right in itself, around any records: what a person could make who knows the format. */
function enveloped(records: string): Buffer {
  const body = Buffer.concat([Buffer.from('Rollcall backup 1\n'), zstdCompressSync(Buffer.from(records))]);
  return Buffer.concat([body, Buffer.from(`\nsha256 ${createHash('sha256').update(body).digest('hex')}\n`)]);
}

describe('a damaged file', () => {
  it('is refused wherever one bit of it changed, and the database stays as it is', async () => {
    const { file, bytes } = await goodFile();
    const before = await contents(database.pool);
    const pick = random(17);
    const places = [0, 5, 17, 18, 19, 22, bytes.length - 1, bytes.length - 40, bytes.length - 73, bytes.length - 74, ...Array.from({ length: 60 }, () => pick(bytes.length))];
    for (const at of places) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << pick(8));
      await expect(checkBytes(changed, file)).rejects.toThrow(BackupFileError);
      await expect(restore(database.pool, file)).rejects.toThrow(BackupFileError);
    }
    expect(await contents(database.pool)).toEqual(before);
    await checkBytes(bytes, file);
  });

  it('is refused at every length but its own', async () => {
    const { file, bytes } = await goodFile();
    const pick = random(18);
    for (const length of [0, 1, 17, 18, 60, 90, 120, bytes.length - 1, bytes.length - 73, bytes.length - 74, ...Array.from({ length: 20 }, () => pick(bytes.length))]) {
      expect(await checkBytes(bytes.subarray(0, length), file).then(() => `taken at ${length} of ${bytes.length}`, (error: unknown) => error)).toBeInstanceOf(BackupFileError);
    }
    await expect(checkBytes(Buffer.concat([bytes, Buffer.from('x')]), file)).rejects.toThrow(BackupFileError);
    await expect(checkBytes(Buffer.concat([bytes, bytes]), file)).rejects.toThrow(BackupFileError);
  });

  it('is refused when its records do not belong together, however right its digest is', async () => {
    const file = await newFile();
    const header = { record: 'backup', rollcall: '1', madeAt: '2026-01-01T00:00:00.000Z', postgres: 18, migrations: [{ number: 1, name: 'a', sha256: 'a'.repeat(64) }], tables: [{ name: 't', columns: ['c'] }], leftOut: [], workspaces: [], keyIds: [] };
    const rows = 'x\n';
    const table = { record: 'table', table: 't', rows: 1, bytes: 2, sha256: createHash('sha256').update(rows).digest('hex') };
    const end = { record: 'end', rows: 1, bytes: 2, sequences: [] };
    const line = (record: object): string => `${JSON.stringify(record)}\n`;
    const some = `${line({ record: 'rows', table: 't', bytes: 2 })}${rows}`;
    expect((await checkBytes(enveloped(line(header) + some + line(table) + line(end)), file)).rows).toBe(1);
    for (const records of [
      '', 'no json\n', line(header), line(header) + line(end), line(header) + some + line(end), line(header) + some + line(table), some + line(table) + line(end),
      line(header) + some + line({ ...table, rows: 2 }) + line({ ...end, rows: 2 }), line(header) + some + line({ ...table, sha256: 'b'.repeat(64) }) + line(end), line(header) + some + line(table) + line({ ...end, rows: 2 }),
      line(header) + some + line(table) + some + line(end), `${line(header)}${some}${line(table)}${line(end)}more`, line(header) + line({ record: 'rows', table: 't', bytes: 2_000_000_000 }) + rows, `${line(header)}${'x'.repeat(5_000_000)}`,
    ]) await expect(checkBytes(enveloped(records), file)).rejects.toThrow(BackupFileError);
    await expect(restore(database.pool, file)).rejects.toThrow(BackupFileError);
  });
});

describe('a file of somebody else', () => {
  it.each([
    ['a web page', '<!doctype html><html></html>', 'no backup made by'],
    ['a dump of pg_dump', 'PGDMP\u0001\u000E\u0000', 'pg_restore'],
    ['nothing', '', 'empty'],
    ['a newer format', `Rollcall backup 2\n${'x'.repeat(200)}`, 'format 2'],
  ])('%s is refused in words', async (_, text, said) => {
    await expect(checkBytes(Buffer.from(text), await newFile())).rejects.toThrow(said);
  });

  it('of a newer schema, or of another build, is refused before anything changes', async () => {
    const { file } = await goodFile();
    const before = await contents(database.pool);
    const { mkdtemp, readdir, cp, rm, appendFile } = await import('node:fs/promises');
    const { migrationsFolder } = await import('../../src/db/index.ts');
    const older = await mkdtemp('/tmp/rollcall-migrations-');
    await cp(migrationsFolder, older, { recursive: true });
    const last = (await readdir(older)).toSorted().at(-1) ?? '';
    await appendFile(`${older}/${last}`, '-- changed');
    await expect(restore(database.pool, file, { migrations: older })).rejects.toThrow('another build');
    await rm(`${older}/${last}`);
    await expect(restore(database.pool, file, { migrations: older })).rejects.toThrow('newer Rollcall');
    await rm(older, { recursive: true });
    expect(await contents(database.pool)).toEqual(before);
    expect((await check(file)).rows).toBeGreaterThan(300);
  });
});
