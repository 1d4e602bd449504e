import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createDatabase, transaction } from '../../src/db/index.ts';
import { systemScope } from '../../src/app/scope.ts';
import { recordAudit, verifyTrail } from '../../src/features/audit/index.ts';
import { beginBackup, checkBackup } from '../../src/features/backup/index.ts';
import { seedInventory } from '../inventory/seed-inventory.ts';
import { setUp } from '../sync/support.ts';
import { emptyDatabase, newFile, restore } from './support.ts';

const actor = { id: 'local', name: 'Rollcall CLI', kind: 'local' } as const;

it('is of one moment while a sync and other writes go on', async () => {
  const from = await setUp({ users: 300, seed: 3 });
  const { pool } = from.database;
  await from.sync();
  // Two sums that every committed transaction keeps equal, written at without a pause: any mixture of two moments shows.
  await pool.query('CREATE TABLE aa_moved (n bigint NOT NULL); CREATE TABLE zz_moved (n bigint NOT NULL); INSERT INTO aa_moved VALUES (0); INSERT INTO zz_moved VALUES (0)');
  const stop = new AbortController();
  let written = 0;
  const writer = async (): Promise<void> => {
    for (; !stop.signal.aborted; written += 1) {
      await transaction(pool, async (trx, client) => {
        await client.query('UPDATE aa_moved SET n = n + 1; UPDATE zz_moved SET n = n + 1');
        await recordAudit(trx, { workspaceId: from.workspaceId, actor }, { kind: 'source.changed', subjectKind: null, subjectId: null, payload: { written } }, new Date());
      });
    }
  };
  const writing = writer();
  const syncing = from.sync();
  const file = await newFile();
  const { chunks } = await beginBackup({ pool, now: () => new Date() }, actor);
  const slowly = async function* slowly(): AsyncGenerator<Buffer, void> {
    const before = written;
    for await (const chunk of chunks) {
      await expect.poll(() => written, { timeout: 30_000 }).toBeGreaterThan(before + 3);
      yield chunk;
    }
  };
  await pipeline(slowly(), createWriteStream(file));
  await syncing;
  stop.abort();
  await writing;

  const to = await emptyDatabase();
  const summary = await checkBackup(createReadStream(file));
  expect(summary.header.tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['aa_moved', 'zz_moved']));
  // These two are no tables of the schema: a restore says so. Their rows are compared in the file itself.
  await expect(restore(to.pool, file)).rejects.toThrow('aa_moved');
  const sums = await sumsIn(file);
  expect(sums.get('aa_moved')).toBe(sums.get('zz_moved'));
  expect(sums.get('zz_moved')).toBeLessThan(written);
});

/** Adds up the first column of tables of one number, straight from the text of the file. */
async function sumsIn(file: string): Promise<Map<string, number>> {
  const { readBackup } = await import('../../src/features/backup/read-backup.ts');
  const texts = new Map<string, string>();
  for await (const part of readBackup(createReadStream(file))) {
    if (part.kind === 'rows' && part.table.endsWith('_moved')) texts.set(part.table, (texts.get(part.table) ?? '') + part.text.toString());
  }
  return new Map([...texts].map(([table, text]) => [table, text.trimEnd().split('\n').reduce((sum, line) => sum + Number(line), 0)]));
}

it('holds a whole audit trail and a whole inventory of the moment, restored while events go on elsewhere', async () => {
  const from = await setUp({ users: 200, seed: 4 });
  const { pool } = from.database;
  const stop = new AbortController();
  const writer = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await transaction(pool, (trx) => recordAudit(trx, { workspaceId: from.workspaceId, actor }, { kind: 'source.changed', subjectKind: null, subjectId: null, payload: {} }, new Date()));
    }
  };
  const writing = Promise.all([writer(), from.sync()]);
  await wait(50);
  const file = await newFile();
  const { chunks } = await beginBackup({ pool, now: () => new Date() }, actor);
  await pipeline(chunks, createWriteStream(file));
  stop.abort();
  await writing;
  const to = await emptyDatabase();
  const restored = await restore(to.pool, file);
  expect(restored.auditProblems).toEqual([]);
  const report = await verifyTrail({ db: createDatabase(to.pool) }, systemScope(from.workspaceId, new Set()));
  expect(report).toMatchObject({ ok: true });
  // A merge is one transaction: the moment has all of it or nothing.
  const { rows } = await to.pool.query<{ accounts: number; done: number }>("SELECT (SELECT count(*)::int FROM account) AS accounts, (SELECT count(*)::int FROM sync WHERE state = 'done') AS done");
  expect(rows[0]?.accounts === 0).toBe(rows[0]?.done === 0);
});

it('waits for a slow reader instead of collecting in memory, and ends its reading when the reader goes away', async () => {
  const { pool, db } = await emptyDatabase();
  await seedInventory(db, { count: 50, seed: 9 });
  // About 40 MB that do not compress: more than every buffer on the way together.
  await pool.query("INSERT INTO saved_view (id, workspace_id, name, search, owner) SELECT gen_random_uuid(), (SELECT min(id) FROM workspace), 'v' || n, jsonb_build_object('q', (SELECT string_agg(md5(random()::text || n || i), '') FROM generate_series(1, 640) i)), 'x' FROM generate_series(1, 2000) n");
  const { chunks } = await beginBackup({ pool, now: () => new Date() }, actor);
  const reader = chunks[Symbol.asyncIterator]();
  let read = 0;
  while (read < 300_000) read += (await reader.next()).value?.length ?? 0;
  const copying = async (): Promise<string | null | undefined> =>
    (await pool.query<{ wait: string | null }>("SELECT wait_event AS wait FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY %saved_view%' AND datname = current_database() AND pid <> pg_backend_pid()")).rows[0]?.wait;
  // The server itself waits for us to take what it has: it is in the middle of the one table, and stays there.
  await expect.poll(copying, { timeout: 20_000 }).toBe('ClientWrite');
  await reader.return?.();
  await expect.poll(copying, { timeout: 20_000 }).toBeUndefined();
});

it('is one at a time', async () => {
  const { pool } = await emptyDatabase();
  await pool.query("INSERT INTO workspace (key, name) VALUES (gen_random_uuid(), 'W')");
  const first = await beginBackup({ pool, now: () => new Date() }, actor);
  await expect(beginBackup({ pool, now: () => new Date() }, actor)).rejects.toThrow('Another backup');
  const file = await newFile();
  await pipeline(first.chunks, createWriteStream(file));
  const again = await beginBackup({ pool, now: () => new Date() }, actor);
  await pipeline(again.chunks, createWriteStream(file));
  expect((await stat(file)).size).toBeGreaterThan(100);
});
