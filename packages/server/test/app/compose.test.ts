import { runTiming } from '../../src/features/runs/index.ts';
import { routes } from '@rollcall/contract';
import type { Route } from '@rollcall/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeHandlers, queues } from '../../src/app/compose.ts';
import { createIds } from '../../src/app/new-id.ts';
import { createKeyRing, createSecrets } from '../../src/features/secrets/index.ts';
import type { Jobs } from '../../src/jobs/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startTestHttp } from '../support/http-server.ts';
import type { TestHttpServer } from '../support/http-server.ts';

const all: readonly [string, Route][] = Object.entries(routes).flatMap(([feature, members]) => Object.entries(members).map(([name, route]: [string, Route]): [string, Route] => [`${feature}.${name}`, route]));

/** No request here comes as far as the queue. */
const refuse = (): Promise<never> => Promise.reject(new Error('not in this test'));
const jobs: Jobs = { enqueue: refuse, work: refuse, schedule: refuse, unschedule: refuse, stop: refuse };
let database: TestDatabase;
let server: TestHttpServer;
beforeAll(async () => {
  database = await testDatabase();
  server = await startTestHttp(database, {
    handlers: (deps) => composeHandlers({ ...deps, newId: createIds(deps.now), jobs, secrets: createSecrets(deps.db, createKeyRing([Buffer.alloc(32, 1)], 'test')), connectionString: database.connectionString, largestUploadBytes: 1024 ** 3, runTiming }),
  });
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const addressOf = (route: Route) => `/api/v1${route.path.replaceAll(/:[A-Za-z]+/gu, (name) => (name === ':itemId' || name === ':resourceId' || name === ':accountId' ? '1' : '01a205fc-23a4-70d6-ae33-2b9974277701'))}`;
const ask = (route: Route, bearer?: string) => server.call(route.method, addressOf(route), { ...(bearer === undefined ? {} : { bearer }), ...(route.method === 'GET' || route.takes === 'bytes' ? {} : { body: {} }) });

describe('every route of the contract', () => {
  it('is a list worth testing', () => {
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(queues.map(({ name }) => name)).size).toBe(queues.length);
  });

  it.each(all)('%s is served', async (_, route) => {
    const answer = await ask(route);
    expect(answer.body?.title).not.toBe('No such address');
  });

  it.each(all.filter(([, route]) => route.access !== 'open'))('%s needs a sign-in', async (_, route) => {
    expect((await ask(route)).body).toMatchObject({ code: 'signInNeeded', status: 401 });
  });

  it.each(all.filter(([, route]) => route.access !== 'open' && route.access !== 'signedIn'))('%s needs its permission', async (_, route) => {
    const { bearer } = await server.makePerson({ role: 'administrator', scopes: route.access === 'read' ? ['audit'] : ['read'] });
    expect((await ask(route, bearer)).body).toMatchObject({ code: 'forbidden', status: 403, data: { permission: route.access } });
  });
});
