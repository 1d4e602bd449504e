import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backupHandlers } from '../../src/features/backup/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { localToken, startTestHttp } from '../support/http-server.ts';
import type { TestHttpServer } from '../support/http-server.ts';
import { check, newFile } from './support.ts';

let database: TestDatabase;
let server: TestHttpServer;
beforeAll(async () => {
  database = await testDatabase();
  server = await startTestHttp(database, { handlers: backupHandlers });
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const download = (bearer: string): Promise<Response> => fetch(`${server.url}/api/v1/backup/file`, { headers: { authorization: `Bearer ${bearer}` } });

it('is downloaded whole by an administrator, and the trail says by whom', async () => {
  const { bearer, tokenId } = await server.makePerson({ role: 'administrator' });
  expect((await server.call('GET', '/api/v1/backup', { bearer })).body).toMatchObject({ last: null });
  const answer = await download(bearer);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toMatch(/rollcall-\d{8}T\d{4}\.backup/u);
  const file = await newFile();
  const bytes = Buffer.from(await answer.arrayBuffer());
  await writeFile(file, bytes);
  const summary = await check(file);
  expect(summary.header.workspaces).toEqual([expect.objectContaining({ name: 'Main' })]);
  const events = await database.db.selectFrom('audit_event as e').innerJoin('audit_payload as p', 'p.seq', 'e.seq').select(['e.kind', 'p.actor', 'p.payload']).where('p.subject_kind', '=', 'backup').orderBy('e.seq').execute();
  expect(events).toMatchObject([{ kind: 'backup.begun', actor: `token:${tokenId}` }, { kind: 'backup.made', actor: `token:${tokenId}`, payload: { bytes: bytes.length, rows: summary.rows } }]);
  const { last, databaseBytes } = (await server.call('GET', '/api/v1/backup', { bearer })).body;
  expect(last).toMatchObject({ bytes: bytes.length, rows: summary.rows });
  expect(databaseBytes).toBeGreaterThan(1_000_000);
});

it.each([
  ['an approver', { role: 'approver' as const }],
  ['an administrator by a token without the scope', { role: 'administrator' as const, scopes: ['administer' as const, 'read' as const] }],
  ['an administrator of some sites', { role: 'administrator' as const, sites: ['acme'] }],
  ['an administrator of some sources', { role: 'administrator' as const, sourceIds: ['01a205fc-23a4-70d6-ae33-2b9974277701'] }],
])('%s gets none', async (_, access) => {
  const { bearer } = await server.makePerson(access);
  expect((await download(bearer)).status).toBe(403);
  expect((await server.call('GET', '/api/v1/backup', { bearer })).status).toBe(403);
});

it('with several customers only the machine itself takes them all', async () => {
  const { bearer } = await server.makePerson({ role: 'administrator' });
  await server.makeWorkspace('Another customer');
  const refused = await download(bearer);
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('every workspace');
  expect((await download(localToken)).status).toBe(200);
});
