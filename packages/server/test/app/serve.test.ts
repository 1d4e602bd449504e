import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { startServer } from '../../src/app/serve.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const lines: string[] = [];
const note = (facts: object, message: string): void => void lines.push(JSON.stringify({ message, ...facts }));
const log = { info: note, warn: note, error: note };
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase({ empty: true });
  folder = await mkdtemp('/tmp/rollcall-serve-');
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const start = (more: Record<string, string> = {}) => startServer(loadConfig({ DATABASE_URL: database.connectionString, ROLLCALL_DATA: folder, ROLLCALL_PORT: '0', ...more }), { log, webFolder: null });

it('brings up an empty database, and tells of the link and the local token', async () => {
  const server = await start();
  try {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    expect(server.setupLink).toMatch(new RegExp(`^${server.url}/setup\\?token=rcs_`, 'u'));
    const me = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${server.localToken}` } });
    expect(await me.json()).toMatchObject({ kind: 'local', workspaces: 1 });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    for (const file of ['local-token', 'secret.key']) expect((await stat(`${folder}/${file}`)).mode & 0o777).toBe(0o600);
    expect(lines.join('\n')).not.toContain(server.localToken);
    expect(lines.join('\n')).not.toContain('rcs_');

    const port = new URL(server.url).port;
    await expect(start({ ROLLCALL_PORT: port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
    const setup = await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: new URL(server.setupLink ?? '').searchParams.get('token'), name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }) });
    expect(setup.status).toBe(201);
  } finally {
    await server.close();
  }
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
});

it('starts again with the same token and workspace, with no link once there is an administrator', async () => {
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.localToken).toBe(two.localToken);
  expect([one.setupLink, two.setupLink]).toEqual([null, null]);
  await Promise.all([one.close(), two.close(), two.close()]);
  expect(await database.db.selectFrom('workspace').select('id').execute()).toHaveLength(1);
});

it('a worker answers for its health only', async () => {
  const worker = await start({ ROLLCALL_ROLE: 'worker' });
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${worker.url}/api/v1/me`, { headers: { authorization: `Bearer ${worker.localToken}` } })).status).toBe(404);
  await worker.close();
});

it('refuses to start with another key file than the installation’s, before anything is stored, until the key is rotated', async () => {
  const other = await mkdtemp('/tmp/rollcall-serve-');
  const elsewhere = { ROLLCALL_DATA: other };
  try {
    const told = await start(elsewhere).then(() => 'started', (error: unknown) => (error instanceof Error ? error.message : ''));
    expect(told).toMatch(/^This installation seals with the secret key [0-9a-f]{8}, but \S+secret\.key holds [0-9a-f]{8}\. All nodes need the same key/u);
    await (await start()).close();
    // The new key stands in the variable, the old one is still known: a rotation under way.
    const old = (await readFile(`${folder}/secret.key`, 'utf8')).split('\n').find((line) => line !== '' && !line.startsWith('#'));
    const next = randomBytes(32).toString('base64');
    await (await start({ ...elsewhere, ROLLCALL_SECRET_KEY: next, ROLLCALL_OLDER_SECRET_KEYS: old ?? '' })).close();
    await expect(start()).rejects.toThrow('All nodes need the same key');
    await (await start({ ...elsewhere, ROLLCALL_SECRET_KEY: next })).close();
    await database.db.deleteFrom('secret_key_in_use').execute();
  } finally {
    await rm(other, { recursive: true });
  }
});

it('refuses to start without the key that stored values need, and with a broken token file', async () => {
  const { id } = await database.db.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
  const realm = await database.db.insertInto('realm').values({ workspace_id: id, kind: 'atlassian-org', vendor_id: 'o', name: 'o' }).returning('id').executeTakeFirstOrThrow();
  const sourceId = '01a205fc-23a4-70d6-ae33-2b9974277701';
  await database.db.insertInto('source').values({ id: sourceId, workspace_id: id, realm_id: realm.id, kind: 'atlassian-org', name: 'o' }).execute();
  await database.db.insertInto('source_secret').values({ workspace_id: id, source_id: sourceId, field: 'apiKey', key_id: 'feedbeef', nonce: randomBytes(12), sealed: randomBytes(32) }).execute();
  await expect(start()).rejects.toThrow('feedbeef');
  await database.db.deleteFrom('source_secret').execute();
  await writeFile(`${folder}/local-token`, 'x');
  await expect(start()).rejects.toThrow('local-token does not hold a token');
});
