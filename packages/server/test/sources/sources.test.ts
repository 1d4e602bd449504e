import { randomBytes } from 'node:crypto';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox, SandboxOptions } from '@rollcall/sandbox';
import { expect, it, onTestFinished } from 'vitest';
import { createKeyRing, createSecrets } from '../../src/features/secrets/index.ts';
import { settingsHandlers } from '../../src/features/settings/index.ts';
import { sourceHandlers } from '../../src/features/sources/index.ts';
import { enqueueDueSyncs, startSyncWorkers, syncHandlers, syncQueue, wakeSyncs } from '../../src/features/sync/index.ts';
import { createVendors } from '../../src/features/vendor/index.ts';
import { createJobs } from '../../src/jobs/index.ts';
import { testDatabase } from '../support/database.ts';
import { startTestHttp } from '../support/http-server.ts';

const unlimited = { acquire: () => Promise.resolve({ grantedAt: new Date() }), cool: () => Promise.resolve() };

async function setUp(options: SandboxOptions & { readonly workers?: boolean } = {}) {
  const { workers = false, ...world } = options;
  const sandbox = await startSandbox({ users: 120, rateLimits: { lastActiveDates: null }, ...world });
  const database = await testDatabase();
  const jobs = await createJobs({ connectionString: database.connectionString, queues: [syncQueue], onError: () => undefined });
  const secrets = createSecrets(database.db, createKeyRing([randomBytes(32)], 'test'));
  const stop = new AbortController();
  const clock = { aheadMs: 0 };
  const http = await startTestHttp(database, {
    now: () => new Date(Date.now() + clock.aheadMs),
    handlers: (deps) => {
      const all = { ...deps, jobs, secrets, ...createVendors({ ...deps, secrets }, unlimited) };
      return [...sourceHandlers(all), ...syncHandlers(all), ...settingsHandlers(deps)];
    },
  });
  const work = { ...http.deps, jobs, secrets, ...createVendors({ ...http.deps, secrets }, unlimited), openUpload: () => Promise.reject(new Error('no files here')) };
  if (workers) await startSyncWorkers(work, stop.signal, { lookEveryMs: 60_000 });
  onTestFinished(async () => {
    stop.abort(new Error('The test is over.'));
    await jobs.stop();
    await http.close();
    await sandbox.close();
    await database.drop();
  });
  const admin = await http.makePerson({ role: 'administrator' });
  const add = async (body: object = {}) => http.call('POST', '/api/v1/sources', { bearer: admin.bearer, body: newSource(sandbox, body) });
  return { sandbox, database, http, admin, add, work, clock, jobs };
}

function newSource(sandbox: Sandbox, more: object = {}) {
  return { kind: 'atlassian-org', name: 'Acme', organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: sandbox.keys.full, keyOwner: sandbox.keyOwnerAccountId, ...more };
}

it('adds a source with a key that works, never answers the key, and refuses the same organisation again', async () => {
  const { add, sandbox, http, admin, database } = await setUp();
  const made = await add();
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ name: 'Acme', organisationName: 'Acme', hasKey: true, keyOwner: sandbox.keyOwnerAccountId, checkReport: { usable: true }, health: { state: 'new' } });
  const again = await add({ name: 'Acme again' });
  expect([again.status, again.body.code]).toEqual([409, 'conflict']);
  const list = await http.call('GET', '/api/v1/sources', { bearer: admin.bearer });
  const audit = await database.pool.query('select * from audit_payload');
  const stored = await database.pool.query('select * from source');
  const everything = [made.text, again.text, list.text, http.logLines.join('\n'), JSON.stringify(audit.rows), JSON.stringify(stored.rows)].join('\n');
  expect(everything).not.toContain(sandbox.keys.full);
  expect(audit.rows.map((row: { payload: unknown }) => row.payload)).toContainEqual(expect.objectContaining({ name: 'Acme', organisationId: sandbox.orgId }));
});

it('gives a new source the freshness of the workspace unless told otherwise, and leaves those that are there as they are', async () => {
  const { add, sandbox, http, admin, database } = await setUp();
  const settle = (freshnessHours: number) => http.call('PATCH', '/api/v1/settings', { bearer: admin.bearer, body: { freshnessHours } });
  const remove = (id: string) => http.call('DELETE', `/api/v1/sources/${id}`, { bearer: admin.bearer });
  expect((await settle(72)).status).toBe(200);
  const first = await add();
  expect(first.body).toMatchObject({ staleAfterHours: 72, health: { staleAfterHours: 72 } });
  await settle(12);
  expect((await http.call('GET', `/api/v1/sources/${first.body.id}`, { bearer: admin.bearer })).body.staleAfterHours).toBe(72);
  await remove(first.body.id);
  const told = await add({ staleAfterHours: 5 });
  await remove(told.body.id);
  const second = await add();
  expect([told.body.staleAfterHours, second.body.staleAfterHours]).toEqual([5, 12]);
  const bad = await add({ staleAfterHours: 0, organisationId: sandbox.orgId });
  expect([bad.status, bad.body.fields[0].path]).toEqual([400, 'staleAfterHours']);
  const audit = await database.pool.query("select payload ->> 'staleAfterHours' as hours from audit_payload where payload ? 'organisationId' order by payload ->> 'staleAfterHours'");
  expect(audit.rows).toEqual([{ hours: '12' }, { hours: '5' }, { hours: '72' }]);
});

it('refuses a key that cannot read, says why, and stores nothing', async () => {
  const { add, sandbox, database, http } = await setUp();
  for (const key of [sandbox.keys.expired, sandbox.keys.otherOrg, 'rollcall-planted-key']) {
    const refused = await add({ apiKey: key });
    expect([refused.status, refused.body.code]).toEqual([422, 'keyRefused']);
    expect(refused.body.data.report.usable).toBe(false);
    expect(refused.text + http.logLines.join('\n')).not.toContain(key);
  }
  expect((await database.pool.query('select 1 from source')).rowCount).toBe(0);
  const bad = await add({ baseUrl: 'http://example.com' });
  expect([bad.status, bad.body.code, bad.body.fields[0].path]).toEqual([400, 'badRequest', 'baseUrl']);
});

it('tests keys without storing them and changes only what is given', async () => {
  const { add, sandbox, http, admin, database } = await setUp();
  const tried = await http.call('POST', '/api/v1/sources/test', { bearer: admin.bearer, body: { kind: 'atlassian-org', baseUrl: sandbox.url, apiKey: sandbox.keys.full } });
  expect(tried.body.organisations).toContainEqual({ id: sandbox.orgId, name: 'Acme' });
  const { body: source } = await add({ timeZone: 'Asia/Tokyo', syncEveryMinutes: 60, keyExpiresOn: '2030-01-01' });
  const changed = await http.call('PATCH', `/api/v1/sources/${source.id}`, { bearer: admin.bearer, body: { readOnly: true } });
  expect(changed.body).toMatchObject({ readOnly: true, timeZone: 'Asia/Tokyo', syncEveryMinutes: 60, keyExpiresOn: '2030-01-01', keyOwner: sandbox.keyOwnerAccountId, nextSyncAt: source.nextSyncAt });
  const before = await database.pool.query('select sealed from source_secret');
  const refused = await http.call('PATCH', `/api/v1/sources/${source.id}`, { bearer: admin.bearer, body: { apiKey: sandbox.keys.expired } });
  expect(refused.body.code).toBe('keyRefused');
  expect((await database.pool.query('select sealed from source_secret')).rows).toEqual(before.rows);
  const renewed = await http.call('PATCH', `/api/v1/sources/${source.id}`, { bearer: admin.bearer, body: { apiKey: sandbox.keys.spare } });
  expect(renewed.status).toBe(200);
  const limit = async (body: object): Promise<unknown> => (await http.call('PATCH', `/api/v1/sources/${source.id}`, { bearer: admin.bearer, body })).body.requestsPerMinute;
  expect([await limit({ requestsPerMinute: 1200 }), await limit({ name: 'Acme' }), await limit({ requestsPerMinute: null })]).toEqual([1200, 1200, null]);
  sandbox.revokeKey('full');
  const test = await http.call('POST', `/api/v1/sources/${source.id}/test`, { bearer: admin.bearer });
  expect(test.body.usable).toBe(true);
});

it('syncs on request with progress to the end, once at a time', { timeout: 90_000 }, async () => {
  const { add, http, admin } = await setUp({ workers: true, latencyMs: 20 });
  const { body: source } = await add();
  const sync = await http.call('POST', `/api/v1/sources/${source.id}/syncs`, { bearer: admin.bearer });
  expect([sync.status, sync.body.state]).toEqual([202, 'queued']);
  const second = await http.call('POST', `/api/v1/sources/${source.id}/syncs`, { bearer: admin.bearer });
  expect([second.status, second.body.code, second.body.data]).toEqual([409, 'alreadyRunning', { syncId: sync.body.id, refusal: 'syncOpen' }]);
  const events = await http.call('GET', `/api/v1/syncs/${sync.body.id}/events`, { bearer: admin.bearer });
  const seen = events.text.split('\n').filter((line) => line.startsWith('data: {"id"')).map((line) => JSON.parse(line.slice(6)) as { state: string; problem: unknown });
  expect(seen.at(-1)).toMatchObject({ state: 'done', problem: null });
  expect(events.text).toContain('event: end');
  const after = await http.call('GET', `/api/v1/sources/${source.id}`, { bearer: admin.bearer });
  expect(after.body.health).toMatchObject({ state: 'ready' });
  expect(after.body.health.accounts).toBeGreaterThan(50);
  expect(after.body.sites).toEqual(['acme', 'acme-labs']);
  expect(after.body.apps).toHaveLength(6);
});

it('lets people see their sources and sites only', { timeout: 90_000 }, async () => {
  const { add, http, admin, work, clock } = await setUp({ workers: true });
  const { body: source } = await add({ syncEveryMinutes: 5 });
  clock.aheadMs = 6 * 60_000;
  expect(await enqueueDueSyncs(work)).toBe(1);
  expect(await enqueueDueSyncs(work)).toBe(0);
  const { body: list } = await http.call('GET', `/api/v1/sources/${source.id}/syncs`, { bearer: admin.bearer });
  const syncId: string = list.items[0].id;
  await http.call('GET', `/api/v1/syncs/${syncId}/events`, { bearer: admin.bearer });
  const stranger = await http.makePerson({ role: 'administrator', sourceIds: [http.deps.newId()] });
  const labs = await http.makePerson({ role: 'operator', sites: ['acme-labs'] });
  const otherWorkspace = await http.makePerson({ role: 'administrator', workspaceId: await http.makeWorkspace('Other') });
  for (const { bearer } of [stranger, otherWorkspace]) {
    expect((await http.call('GET', '/api/v1/sources', { bearer })).body.items).toEqual([]);
    const asked = [
      ['GET', `/sources/${source.id}`], ['PATCH', `/sources/${source.id}`, {}], ['DELETE', `/sources/${source.id}`], ['POST', `/sources/${source.id}/test`],
      ['POST', `/sources/${source.id}/syncs`], ['GET', `/syncs/${syncId}`], ['GET', `/syncs/${syncId}/events`], ['POST', `/syncs/${syncId}/cancel`], ['POST', `/syncs/${syncId}/confirm`, { decision: 'take' }],
    ] as const;
    for (const [method, path, body] of asked) expect([path, (await http.call(method, `/api/v1${path}`, { bearer, ...(body === undefined ? {} : { body }) })).body.code]).toEqual([path, 'notFound']);
    expect((await http.call('GET', `/api/v1/sources/${source.id}/syncs`, { bearer })).body.items).toEqual([]);
  }
  const seen = await http.call('GET', `/api/v1/sources/${source.id}`, { bearer: labs.bearer });
  expect(seen.body.sites).toEqual(['acme-labs']);
  expect(seen.body.apps).toHaveLength(3);
  expect(JSON.stringify(seen.body.apps)).not.toContain('"acme"');
  const whole = await http.call('GET', `/api/v1/sources/${source.id}`, { bearer: admin.bearer });
  expect(seen.body.health.accounts).toBeLessThan(whole.body.health.accounts);
});

it('removes a source with its key, its accounts and its open sync', { timeout: 90_000 }, async () => {
  const { add, http, admin, database, sandbox } = await setUp({ workers: true });
  const { body: source } = await add();
  const { body: sync } = await http.call('POST', `/api/v1/sources/${source.id}/syncs`, { bearer: admin.bearer });
  await http.call('GET', `/api/v1/syncs/${sync.id}/events`, { bearer: admin.bearer });
  const removed = await http.call('DELETE', `/api/v1/sources/${source.id}`, { bearer: admin.bearer });
  expect(removed.status).toBe(204);
  expect((await database.pool.query('select 1 from source_secret')).rowCount).toBe(0);
  expect((await database.pool.query('select 1 from account where gone_at is null')).rowCount).toBe(0);
  expect((await database.pool.query('select 1 from usage_day')).rowCount).toBe(0);
  expect((await http.call('GET', `/api/v1/sources/${source.id}`, { bearer: admin.bearer })).status).toBe(404);
  const again = await add();
  expect(again.status).toBe(201);
  const { body: next } = await http.call('POST', `/api/v1/sources/${again.body.id}/syncs`, { bearer: admin.bearer });
  await http.call('GET', `/api/v1/syncs/${next.id}/events`, { bearer: admin.bearer });
  const back = await database.pool.query('select count(*)::int as n, count(*) filter (where gone_at is null)::int as here from account');
  expect(back.rows[0]).toEqual({ n: back.rows[0].here, here: back.rows[0].n });
  expect(http.logLines.join('\n')).not.toContain(sandbox.keys.full);
});

it('warns before the key expires and when data gets old, and skips paused workspaces', async () => {
  const { add, http, admin, clock, work, database } = await setUp();
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const { body: source } = await add({ keyExpiresOn: inTenDays, syncEveryMinutes: 60 });
  expect(source.health).toMatchObject({ keyDaysLeft: 10, warnings: [{ code: 'keyExpiresWithin14' }] });
  clock.aheadMs = 11 * 86_400_000;
  const later = await http.call('GET', `/api/v1/sources/${source.id}`, { bearer: admin.bearer });
  expect(later.body.health.warnings[0].code).toBe('keyExpired');
  await database.pool.query("update workspace set paused_at = now(), paused_by = 'me', paused_reason = 'test'");
  expect(await enqueueDueSyncs(work)).toBe(0);
  await database.pool.query('update workspace set paused_at = null');
  expect(await enqueueDueSyncs(work)).toBe(1);
});

it('wakes an open sync whose job was lost', { timeout: 90_000 }, async () => {
  const { add, http, admin, database, work, jobs } = await setUp();
  const { body: source } = await add();
  const { body: sync } = await http.call('POST', `/api/v1/sources/${source.id}/syncs`, { bearer: admin.bearer });
  expect(await wakeSyncs(jobs, database.db)).toBe(0);
  await database.pool.query('delete from pgboss.job');
  const stop = new AbortController();
  onTestFinished(() => { stop.abort(); });
  await startSyncWorkers(work, stop.signal);
  const events = await http.call('GET', `/api/v1/syncs/${sync.id}/events`, { bearer: admin.bearer });
  expect(events.text).toContain('"state":"done"');
});
