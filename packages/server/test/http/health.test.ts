import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { mkdtemp, rm } from 'node:fs/promises';
import { defineRoute } from '@rollcall/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/app/config.ts';
import { startServer } from '../../src/app/serve.ts';
import { createPool } from '../../src/db/index.ts';
import { createReadiness } from '../../src/features/operations/index.ts';
import { handler } from '../../src/http/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startTestHttp } from '../support/http-server.ts';

/** All nodes of one database have the same. */
const secretKey = randomBytes(32).toString('hex');

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp('/tmp/rollcall-health-');
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const start = (more: Record<string, string> = {}) =>
  startServer(loadConfig({ DATABASE_URL: database.connectionString, ROLLCALL_DATA: folder, ROLLCALL_PORT: '0', ROLLCALL_SECRET_KEY: secretKey, ...more }), { log, webFolder: null });
const ask = async (url: string): Promise<[number, unknown, string | null]> => {
  const answer = await fetch(url);
  return [answer.status, await answer.json(), answer.headers.get('connection')];
};
const poolOf = (connectionString: string) => createPool({ connectionString, applicationName: 'health test', max: 1, waitMs: 2_000, statementTimeoutMs: 2_000, onError: () => undefined });

it('a node that is to stop says so first, and goes on answering for the time it was given', async () => {
  const server = await start({ ROLLCALL_STOP_DELAY_SECONDS: '2' });
  expect(await ask(`${server.url}/readyz`)).toEqual([200, { ok: true }, 'keep-alive']);
  const closed = server.close();
  expect(await ask(`${server.url}/readyz`)).toEqual([503, { ok: false, reason: 'stopping' }, 'close']);
  expect(await ask(`${server.url}/healthz`)).toEqual([200, { ok: true }, 'close']);
  const me = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${server.localToken}` } });
  expect(me.status).toBe(200);
  await closed;
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
});

it('is ready with its own schema and with a newer one, not with an older one or none', async () => {
  const own = await testDatabase();
  const pool = poolOf(own.connectionString);
  let at = 0;
  const readiness = await createReadiness(pool, () => new Date((at += 60_000)));
  try {
    expect(await readiness()).toBeNull();
    await own.pool.query("insert into upgrade.migration (number, name, sha256) values (9999, '9999-later.sql', '')");
    expect(await readiness()).toBeNull();
    await own.pool.query('delete from upgrade.migration where number > 3');
    expect(await readiness()).toBe('schema');
    await own.pool.query('drop table upgrade.migration');
    expect(await readiness()).toBe('schema');
  } finally {
    await pool.end();
    await own.drop();
  }
});

it('is not ready without a database, and looks once for many who ask at a time', async () => {
  const pool = poolOf('postgresql://nobody@127.0.0.1:1/nothing');
  const readiness = await createReadiness(pool, () => new Date(0));
  const answers = Array.from({ length: 50 }, () => readiness());
  expect(new Set(answers).size).toBe(1);
  expect(await answers[0]).toBe('database');
  await pool.end();
});

it('answers proxies that speak HTTP/1.0 without a Host', async () => {
  const server = await start();
  const { hostname, port } = new URL(server.url);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => { socket.write('GET /readyz HTTP/1.0\r\n\r\n'); });
    socket.on('data', (chunk) => { text += chunk.toString(); }).on('end', () => { resolve(text); }).on('error', reject);
  });
  expect(answer).toContain('HTTP/1.1 200');
  const rebound = await new Promise<number | undefined>((resolve, reject) => {
    request(`${server.url}/readyz`, { headers: { host: 'rebound.example.com' } }, (got) => { got.resume(); resolve(got.statusCode); }).on('error', reject).end();
  });
  expect(rebound).toBe(403);
  await server.close();
});

it('answers what was sent while it stops: connections that wait to be taken are not reset', async () => {
  const simple = defineRoute({ method: 'GET', path: '/simple', summary: 'Simple', access: 'open', answers: 'json', status: 200, response: z.object({ ok: z.boolean() }) });
  const http = await startTestHttp(database, { handlers: () => [handler(simple, () => Promise.resolve({ ok: true }))] });
  const { hostname, port, host } = new URL(http.url);
  const many = 20;
  const sent = new Int32Array(new SharedArrayBuffer(4));
  const senders = new Worker(new URL('../support/senders.ts', import.meta.url), { workerData: { hostname, port: Number(port), host, path: '/api/v1/simple', many, sent } });
  const answers = once(senders, 'message');
  const closed = http.close();
  // The server sees nothing of what comes until all of it has been sent.
  while (Atomics.load(sent, 0) < many) Atomics.wait(sent, 0, Atomics.load(sent, 0));
  expect(await answers).toEqual([Array.from({ length: many }, () => 'HTTP/1.1 200 OK')]);
  await closed;
});

it('does not wait for connections that browsers open in advance, and lets the request under way finish', async () => {
  const { promise: opened, resolve: letGo } = Promise.withResolvers<void>();
  let working = false;
  const held = defineRoute({ method: 'GET', path: '/held', summary: 'Held', access: 'open', answers: 'json', status: 200, response: z.object({ ok: z.boolean() }) });
  const http = await startTestHttp(database, { handlers: () => [handler(held, async () => { working = true; await opened; return { ok: true }; })] });
  const { hostname, port } = new URL(http.url);
  const silent = connect(Number(port), hostname);
  await once(silent, 'connect');
  const underWay = http.call('GET', '/api/v1/held');
  await expect.poll(() => working, { timeout: 10_000 }).toBe(true);
  const closed = http.close();
  // It goes while the request is still under way: not with everything else, when patience ends.
  await once(silent.resume(), 'close');
  letGo();
  expect((await underWay).body).toEqual({ ok: true });
  await closed;
});
