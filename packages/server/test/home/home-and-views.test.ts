import { inventoryRoutes, problemSchema, sessionRoutes } from '@rollcall/contract';
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
  const home = sessionRoutes.home.response.parse((await http.call('GET', '/api/v1/home', { bearer: admin.bearer })).body);
  expect(home.accounts).toBe(80);
  const totals = inventoryRoutes.totals.response.parse((await http.call('GET', '/api/v1/inventory/totals', { bearer: admin.bearer })).body);
  const jira = totals.items.filter((one) => one.resourceId !== seeded.resources.acmeConfluence);
  for (const name of ['holders', 'active', 'inactive', 'never', 'unknown'] as const) {
    expect(home.apps.find(({ app }) => app === 'jira')?.[name]).toBe(jira.reduce((sum, one) => sum + one[name], 0));
  }
  expect(home.gettingStarted.map(({ done }) => done)).toEqual([true, true, true, false, false, false]);
});

it('Home of who is limited to a site counts nothing else', async () => {
  const viewer = await http.makePerson({ role: 'viewer', workspaceId: seeded.workspaceId, sites: ['beta'] });
  const home = sessionRoutes.home.response.parse((await http.call('GET', '/api/v1/home', { bearer: viewer.bearer })).body);
  const holders = seeded.accounts.filter((account) => account.accesses.some((one) => one.resourceId === seeded.resources.betaJira));
  expect(home.accounts).toBe(holders.length);
  expect(home.apps.map(({ app }) => app)).toEqual(['jira']);
});

it.each(builtInViews.map(({ name, search }) => [name, search] as const))('the shipped view %s can be read and answered', async (_, search) => {
  const admin = await http.makePerson({ role: 'administrator', workspaceId: seeded.workspaceId });
  expect(parseQuery(search.q).ok).toBe(true);
  const { status } = await http.call('GET', `/api/v1/inventory?${new URLSearchParams({ q: search.q, period: search.period }).toString()}`, { bearer: admin.bearer });
  expect(status).toBe(200);
});

it('views are saved, shared, changed and removed by their owner', async () => {
  const owner = await http.makePerson({ role: 'operator', workspaceId: seeded.workspaceId });
  const other = await http.makePerson({ role: 'operator', workspaceId: seeded.workspaceId });
  const admin = await http.makePerson({ role: 'administrator', workspaceId: seeded.workspaceId });
  const view = { name: 'My leavers', shared: false, search: { q: 'status = active AND usage = inactive', period: '90d', sort: '-lastActive', columns: ['name', '1'] } };
  const shape = inventoryRoutes.saveView.response;
  const saved = shape.parse((await http.call('POST', '/api/v1/views', { bearer: owner.bearer, body: view })).body);
  expect(saved).toMatchObject({ ...view, builtIn: false });
  const listed = async (bearer: string): Promise<string[]> => inventoryRoutes.views.response.parse((await http.call('GET', '/api/v1/views', { bearer })).body).items.map(({ name }) => name);
  expect(await listed(owner.bearer)).toContain('My leavers');
  expect(await listed(other.bearer)).not.toContain('My leavers');
  expect((await http.call('PATCH', `/api/v1/views/${saved.id}`, { bearer: other.bearer, body: { name: 'Mine' } })).status).toBe(404);
  expect(shape.parse((await http.call('PATCH', `/api/v1/views/${saved.id}`, { bearer: owner.bearer, body: { shared: true } })).body).shared).toBe(true);
  expect((await http.call('PATCH', `/api/v1/views/${saved.id}`, { bearer: other.bearer, body: { name: 'Mine' } })).status).toBe(403);
  expect(shape.parse((await http.call('PATCH', `/api/v1/views/${saved.id}`, { bearer: admin.bearer, body: { name: 'Ours' } })).body).name).toBe('Ours');
  expect((await http.call('DELETE', `/api/v1/views/${saved.id}`, { bearer: owner.bearer })).status).toBe(204);
  expect(await listed(owner.bearer)).not.toContain('Ours');
});

it('refuses a taken name, a query that cannot be read, and changes of shipped views', async () => {
  const owner = await http.makePerson({ role: 'operator', workspaceId: seeded.workspaceId });
  const view = (name: string, q = '') => ({ bearer: owner.bearer, body: { name, search: { q, period: '90d' } } });
  expect((await http.call('POST', '/api/v1/views', view('not using JIRA'))).status).toBe(409);
  expect((await http.call('POST', '/api/v1/views', view('Once'))).status).toBe(201);
  expect(problemSchema.parse((await http.call('POST', '/api/v1/views', view('ONCE'))).body).code).toBe('conflict');
  expect((await http.call('POST', '/api/v1/views', view('Broken', 'status = '))).body).toMatchObject({ code: 'badQuery', data: { at: 9 } });
  expect((await http.call('DELETE', `/api/v1/views/${builtInViews[0]!.id}`, { bearer: owner.bearer })).status).toBe(403);
});

it('a query is checked with the place of its error', async () => {
  const viewer = await http.makePerson({ role: 'viewer', workspaceId: seeded.workspaceId });
  const check = async (q: string) => inventoryRoutes.parse.response.parse((await http.call('POST', '/api/v1/inventory/query', { bearer: viewer.bearer, body: { q } })).body);
  expect(await check('APP = Jira and usage=INACTIVE')).toMatchObject({ ok: true, text: 'app = Jira AND usage = inactive', error: null });
  expect(await check('usage = lazy')).toMatchObject({ ok: false, error: { at: 8 } });
});
