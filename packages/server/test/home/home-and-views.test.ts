import { parseQuery } from '@rollcall/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { homeHandlers } from '../../src/features/home/index.ts';
import { inventoryHandlers } from '../../src/features/inventory/index.ts';
import { viewHandlers } from '../../src/features/views/index.ts';
import { builtInViews } from '../../src/features/views/built-in-views.ts';
import { now, seedInventory } from '../inventory/seed-inventory.ts';
import type { Seeded } from '../inventory/seed-inventory.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startTestHttp } from '../support/http-server.ts';
import type { TestHttpServer } from '../support/http-server.ts';

let database: TestDatabase;
let http: TestHttpServer;
let seeded: Seeded;
beforeAll(async () => {
  database = await testDatabase();
  http = await startTestHttp(database, { now: () => now, handlers: (deps) => [...homeHandlers(deps), ...viewHandlers(deps), ...inventoryHandlers(deps)] });
  seeded = await seedInventory(database.db, { count: 80, seed: 31 });
});
afterAll(async () => {
  await http.close();
  await database.drop();
});

it('Home sums the classes of every app and counts the accounts', async () => {
  const admin = await http.makePerson({ role: 'administrator', workspaceId: seeded.workspaceId });
  const { status, body } = await http.call('GET', '/api/v1/home', { bearer: admin.bearer });
  expect(status).toBe(200);
  expect(body.accounts).toBe(80);
  const { body: totals } = await http.call('GET', '/api/v1/inventory/totals', { bearer: admin.bearer });
  const jira = totals.items.filter((one: { resourceId: number }) => one.resourceId !== seeded.resources.acmeConfluence);
  for (const name of ['holders', 'active', 'inactive', 'never', 'unknown']) {
    const sum = jira.reduce((before: number, one: Record<string, number>) => before + (one[name] ?? 0), 0);
    expect(body.apps.find((app: { app: string }) => app.app === 'jira')[name]).toBe(sum);
  }
  expect(body.gettingStarted.map(({ done }: { done: boolean }) => done)).toEqual([true, true, true, false, false, false]);
});

it('Home of who is limited to a site counts nothing else', async () => {
  const viewer = await http.makePerson({ role: 'viewer', workspaceId: seeded.workspaceId, sites: ['beta'] });
  const { body } = await http.call('GET', '/api/v1/home', { bearer: viewer.bearer });
  const holders = seeded.accounts.filter((account) => account.accesses.some((one) => one.resourceId === seeded.resources.betaJira));
  expect(body.accounts).toBe(holders.length);
  expect(body.apps.map(({ app }: { app: string }) => app)).toEqual(['jira']);
});

it('every shipped view can be read and answered', async () => {
  const admin = await http.makePerson({ role: 'administrator', workspaceId: seeded.workspaceId });
  for (const { name, search } of builtInViews) {
    expect(parseQuery(search.q).ok, name).toBe(true);
    const { status } = await http.call('GET', `/api/v1/inventory?${new URLSearchParams({ q: search.q, period: search.period }).toString()}`, { bearer: admin.bearer });
    expect(status, name).toBe(200);
  }
});

it('views are saved, shared, changed and removed by their owner', async () => {
  const owner = await http.makePerson({ role: 'operator', workspaceId: seeded.workspaceId });
  const other = await http.makePerson({ role: 'operator', workspaceId: seeded.workspaceId });
  const admin = await http.makePerson({ role: 'administrator', workspaceId: seeded.workspaceId });
  const view = { name: 'My leavers', shared: false, search: { q: 'status = active AND usage = inactive', period: '90d', sort: '-lastActive', columns: ['name', '1'] } };
  const saved = await http.call('POST', '/api/v1/views', { bearer: owner.bearer, body: view });
  expect(saved.status).toBe(201);
  expect(saved.body).toMatchObject({ ...view, builtIn: false });
  const listed = async (bearer: string): Promise<string[]> => (await http.call('GET', '/api/v1/views', { bearer })).body.items.map((one: { name: string }) => one.name);
  expect(await listed(owner.bearer)).toContain('My leavers');
  expect(await listed(other.bearer)).not.toContain('My leavers');
  expect((await http.call('PATCH', `/api/v1/views/${saved.body.id}`, { bearer: other.bearer, body: { name: 'Mine' } })).status).toBe(404);
  expect((await http.call('PATCH', `/api/v1/views/${saved.body.id}`, { bearer: owner.bearer, body: { shared: true } })).body.shared).toBe(true);
  expect((await http.call('PATCH', `/api/v1/views/${saved.body.id}`, { bearer: other.bearer, body: { name: 'Mine' } })).status).toBe(403);
  expect((await http.call('PATCH', `/api/v1/views/${saved.body.id}`, { bearer: admin.bearer, body: { name: 'Ours' } })).body.name).toBe('Ours');
  expect((await http.call('DELETE', `/api/v1/views/${saved.body.id}`, { bearer: owner.bearer })).status).toBe(204);
  expect(await listed(owner.bearer)).not.toContain('Ours');
});

it('refuses a taken name, a query that cannot be read, and changes of shipped views', async () => {
  const owner = await http.makePerson({ role: 'operator', workspaceId: seeded.workspaceId });
  const view = (name: string, q = '') => ({ bearer: owner.bearer, body: { name, search: { q, period: '90d' } } });
  expect((await http.call('POST', '/api/v1/views', view('not using JIRA'))).status).toBe(409);
  expect((await http.call('POST', '/api/v1/views', view('Once'))).status).toBe(201);
  expect((await http.call('POST', '/api/v1/views', view('ONCE'))).body.code).toBe('conflict');
  expect((await http.call('POST', '/api/v1/views', view('Broken', 'status = '))).body).toMatchObject({ code: 'badQuery', data: { at: 9 } });
  expect((await http.call('DELETE', `/api/v1/views/${builtInViews[0]!.id}`, { bearer: owner.bearer })).status).toBe(403);
});

it('a query is checked with the place of its error', async () => {
  const viewer = await http.makePerson({ role: 'viewer', workspaceId: seeded.workspaceId });
  const check = async (q: string): Promise<unknown> => (await http.call('POST', '/api/v1/inventory/query', { bearer: viewer.bearer, body: { q } })).body;
  expect(await check('APP = Jira and usage=INACTIVE')).toMatchObject({ ok: true, text: 'app = Jira AND usage = inactive', error: null });
  expect(await check('usage = lazy')).toMatchObject({ ok: false, error: { at: 8 } });
});
