import { chmod, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, migrate, migrationsFolder, startEmbedded } from '../../packages/server/src/db/index.ts';
import type { EmbeddedDatabase } from '../../packages/server/src/db/index.ts';

let folder: string;
let older: string;
let newest: string;
let server: EmbeddedDatabase;
const pools: pg.Pool[] = [];

beforeAll(async () => {
  folder = await mkdtemp('/tmp/rollcall-upgrade-');
  // PostgreSQL runs as another user when we are root.
  await chmod(folder, 0o755);
  server = await startEmbedded({ dataFolder: `${folder}/data`, testing: true });
  older = `${folder}/older`;
  await cp(migrationsFolder, older, { recursive: true });
  newest = (await readdir(older)).toSorted().at(-1) ?? '';
  await rm(`${older}/${newest}`);
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A database of the version before, with people in it. */
async function olderDatabase(name: string): Promise<pg.Pool> {
  const admin = new pg.Client(server.connectionString);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(server.connectionString);
  url.pathname = `/${name}`;
  const pool = createPool({ connectionString: url.href, applicationName: 'node', onError: () => undefined });
  pools.push(pool);
  await migrate(pool, older);
  await pool.query(`
    INSERT INTO workspace (key, name) VALUES (gen_random_uuid(), 'Acme');
    INSERT INTO realm (workspace_id, kind, vendor_id, name) SELECT id, 'atlassian-org', 'o', 'o' FROM workspace;
    INSERT INTO source (id, workspace_id, realm_id, kind, name) SELECT gen_random_uuid(), workspace_id, id, 'atlassian-org', 'Acme' FROM realm;
    INSERT INTO resource (workspace_id, realm_id, vendor_id, app, site) SELECT workspace_id, id, 'r', 'jira', 'acme' FROM realm;
    INSERT INTO account (workspace_id, realm_id, vendor_id, account_type, status, claim, name, sort_name, sort_email, search_text)
      SELECT workspace_id, id, 'a' || n, 'atlassian', 'active', 'managed', 'P' || n, 'p' || n, '', 'p' || n FROM realm, generate_series(1, 2000) n;
    INSERT INTO access (workspace_id, account_id, resource_id, holding, last_kind, last_on)
      SELECT a.workspace_id, a.id, r.id, 'has', 'at', date '2026-01-01' FROM account a, resource r`);
  return pool;
}

/** What nodes of the version before do all the time, in its own words: read the inventory, take readings, write events and views. */
async function workAsBefore(pool: pg.Pool, node: string, stop: AbortSignal): Promise<{ written: number; read: number; failures: string[] }> {
  const done = { written: 0, read: 0, failures: [] as string[] };
  for (let n = 0; !stop.aborted; n += 1) {
    const client = await pool.connect();
    try {
      const { rows } = await client.query("SELECT a.name, x.last_on FROM account a JOIN access x ON x.account_id = a.id WHERE a.gone_at IS NULL AND x.holding = 'has' ORDER BY a.sort_name, a.id LIMIT 50");
      done.read += rows.length;
      await client.query('BEGIN');
      await client.query("UPDATE access SET last_on = date '2026-02-01' + $1::int WHERE id = 1 + $1::int", [n % 100]);
      await client.query("INSERT INTO saved_view (id, workspace_id, name, search, owner) SELECT gen_random_uuid(), id, $1, '{}', 'x' FROM workspace", [`view ${node} ${n}`]);
      await client.query('COMMIT');
      done.written += 1;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      done.failures.push(error instanceof Error ? error.message : String(error));
    } finally {
      client.release();
    }
  }
  return done;
}

describe('a database of the version before', () => {
  it('is migrated while a node of that version reads and writes: nothing of either is lost', async () => {
    const pool = await olderDatabase('under_load');
    const stop = new AbortController();
    const nodes = [workAsBefore(pool, 'one', stop.signal), workAsBefore(pool, 'two', stop.signal)];
    await wait(200);
    const { rows: before } = await pool.query<{ views: number }>('SELECT count(*)::int AS views FROM saved_view');
    expect(await migrate(pool)).toEqual([newest]);
    // The nodes of before go on after it.
    const { rows: at } = await pool.query<{ views: number }>('SELECT count(*)::int AS views FROM saved_view');
    await expect.poll(async () => (await pool.query<{ views: number }>('SELECT count(*)::int AS views FROM saved_view')).rows[0]?.views ?? 0, { timeout: 30_000 }).toBeGreaterThan((at[0]?.views ?? 0) + 5);
    stop.abort();
    const ended = await Promise.all(nodes);
    expect(ended.flatMap(({ failures }) => failures)).toEqual([]);
    const { rows } = await pool.query<{ views: number; accounts: number; accesses: number }>('SELECT (SELECT count(*)::int FROM saved_view) AS views, (SELECT count(*)::int FROM account) AS accounts, (SELECT count(*)::int FROM access) AS accesses');
    expect(rows[0]).toEqual({ views: ended.reduce((sum, { written }) => sum + written, 0), accounts: 2000, accesses: 2000 });
    expect(rows[0]?.views).toBeGreaterThan(before[0]?.views ?? 0);
    await expect(migrate(pool, older)).rejects.toThrow('newer Rollcall');
  });

  it('is left as it is, in words, when a table stays held; whoever waits behind the migration is let through', async () => {
    const pool = await olderDatabase('held');
    const altering = `${folder}/altering`;
    await cp(migrationsFolder, altering, { recursive: true });
    const number = String((await readdir(altering)).length + 1).padStart(4, '0');
    await writeFile(`${altering}/${number}-altering.sql`, 'ALTER TABLE account ADD COLUMN nickname text');
    await migrate(pool);
    const report = await pool.connect();
    await report.query('BEGIN');
    await report.query('SELECT count(*) FROM account');
    const refused = migrate(pool, altering, { lockMs: 300, pauseMs: 50, tries: 3 }).then(() => 'migrated', (error: unknown) => String(error));
    await wait(100);
    // A reader that came after the migration's wish waits for it for a moment only.
    expect((await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM account')).rows[0]?.n).toBe(2000);
    expect(await refused).toContain('somebody holds');
    await report.query('COMMIT');
    report.release();
    expect((await pool.query("SELECT 1 FROM information_schema.columns WHERE table_name = 'account' AND column_name = 'nickname'")).rowCount).toBe(0);
    expect(await migrate(pool, altering)).toEqual([`${number}-altering.sql`]);
  });
});
