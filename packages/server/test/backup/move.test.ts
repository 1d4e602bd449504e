import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createDatabase, createPool, migrate, migrationsFolder, startEmbedded } from '../../src/db/index.ts';
import { inspectTarget } from '../../src/features/backup/index.ts';
import { seedInventory } from '../inventory/seed-inventory.ts';
import { leftOut } from '../../src/features/backup/left-out.ts';
import { backUp, check, contents, emptyDatabase, newFile, restore } from './support.ts';

const debian = '/usr/lib/postgresql/15/bin';

/** A server of its own, of the npm packages or of Debian. */
async function serverOf(binaries?: string) {
  const folder = await mkdtemp('/tmp/rollcall-move-');
  await chmod(folder, 0o755);
  const server = await startEmbedded({ dataFolder: folder, testing: true, ...(binaries === undefined ? {} : { binaries }) });
  const pool = createPool({ connectionString: server.connectionString, applicationName: 'move', onError: () => undefined });
  onTestFinished(async () => {
    await pool.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  await migrate(pool);
  return pool;
}

it.runIf(existsSync(debian))('moves from the embedded PostgreSQL 18 to a PostgreSQL 15 and back, row by row', async () => {
  const first = await serverOf();
  await seedInventory(createDatabase(first), { count: 400, seed: 8 });
  await first.query("INSERT INTO saved_view (id, workspace_id, name, search, owner) SELECT gen_random_uuid(), id, E'tab\\tline\\nback\\\\slash 東京 🦊', '{\"a\": [1, 2.50, null, \"\\\\n\"]}', '' FROM workspace LIMIT 1");
  const file = await newFile();
  await backUp(first, file);
  expect((await check(file)).header.postgres).toBe(18);
  const debians = await serverOf(debian);
  await restore(debians, file);
  await backUp(debians, file);
  expect((await check(file)).header.postgres).toBe(15);
  const last = await serverOf();
  await restore(last, file);
  const [was, is] = [await contents(first), await contents(last)];
  const kept = [...was.keys()].filter((name) => leftOut[name] === undefined && !name.startsWith('audit_') && name !== 'workspace');
  expect(kept.length).toBeGreaterThan(20);
  for (const name of kept) expect([name, is.get(name)]).toEqual([name, was.get(name)]);
  // Numbers go on where they were.
  const { rows } = await last.query<{ id: number; highest: number }>("INSERT INTO account (workspace_id, realm_id, vendor_id, account_type, status, claim, sort_name, sort_email, search_text) SELECT workspace_id, realm_id, 'new', 'atlassian', 'active', 'managed', '', '', '' FROM account LIMIT 1 RETURNING id, (SELECT max(id) FROM account) AS highest");
  expect(Number(rows[0]?.id)).toBeGreaterThan(Number(rows[0]?.highest));
});

it('brings a backup of an older schema up to this one', async () => {
  const folder = await mkdtemp('/tmp/rollcall-migrations-');
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(migrationsFolder, folder, { recursive: true });
  const newer = (await readdir(folder)).toSorted().slice(4);
  for (const name of newer) await rm(`${folder}/${name}`);
  const old = await emptyDatabase({ empty: true });
  await migrate(old.pool, folder);
  await old.pool.query(`
    INSERT INTO workspace (key, name) VALUES (gen_random_uuid(), 'Old');
    INSERT INTO realm (workspace_id, kind, vendor_id, name) SELECT id, 'atlassian-org', 'o', 'o' FROM workspace;
    INSERT INTO account (workspace_id, realm_id, vendor_id, account_type, status, claim, name, sort_name, sort_email, search_text)
      SELECT workspace_id, id, 'a' || n, 'atlassian', 'active', 'managed', '佐藤 ' || n, '佐藤', '', '佐藤 ' || n FROM realm, generate_series(1, 500) n`);
  const file = await newFile();
  await backUp(old.pool, file);
  expect((await check(file)).schema).toBe(4);

  const { pool } = await emptyDatabase();
  const restored = await restore(pool, file);
  expect(restored.migrated).toEqual(newer);
  expect((await contents(pool)).get('account')?.split(' ')[0]).toBe('500');
  const { rows } = await pool.query<{ found: number }>("SELECT count(*)::int AS found FROM account WHERE gone_at IS NULL AND search_text LIKE '%佐藤 49%'");
  expect(rows[0]?.found).toBe(11);
  expect((await pool.query("SELECT 1 FROM pg_namespace WHERE nspname = 'rollcall_restore'")).rows).toEqual([]);
});

it('leaves a restored schema that is the migrated one: constraints, indexes, triggers, defaults', async () => {
  const shape = async (pool: Awaited<ReturnType<typeof emptyDatabase>>['pool']): Promise<unknown> =>
    (await pool.query(`
      SELECT 'k' AS kind, conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS told FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT 'i', pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT 't', pg_get_triggerdef(pg_trigger.oid) || tgenabled::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
      UNION ALL SELECT 'f', pg_get_functiondef(oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
      UNION ALL SELECT 'c', table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') || is_identity || coalesce(collation_name, '') FROM information_schema.columns WHERE table_schema = 'public'
      UNION ALL SELECT 'u', relname || relpersistence::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      ORDER BY 1, 2`)).rows;
  const from = await emptyDatabase();
  const file = await newFile();
  await backUp(from.pool, file);
  const to = await emptyDatabase();
  await restore(to.pool, file);
  expect(await shape(to.pool)).toEqual(await shape(from.pool));
});

it('names only tables that there are as left out', async () => {
  const { pool } = await emptyDatabase();
  const names = new Set((await contents(pool)).keys());
  expect(Object.keys(leftOut).filter((name) => !names.has(name))).toEqual([]);
});

it('refuses a database of somebody else, one that is in use, and one on whose tables something rests', async () => {
  const { pool, connectionString } = await emptyDatabase();
  const file = await newFile();
  await backUp(pool, file);

  const foreign = await emptyDatabase({ empty: true });
  await foreign.pool.query('CREATE TABLE invoices (n int)');
  await expect(inspectTarget(foreign.pool)).rejects.toThrow('invoices');

  const node = createPool({ connectionString, applicationName: 'rollcall work', onError: () => undefined });
  await node.query('SELECT 1');
  await expect(restore(pool, file)).rejects.toThrow('Stop every node');
  await node.end();

  await pool.query('CREATE VIEW mine AS SELECT name FROM account');
  await expect(restore(pool, file)).rejects.toThrow('view mine');
  await pool.query('DROP VIEW mine');
  await restore(pool, file);
});
