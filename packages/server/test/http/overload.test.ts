import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { defineRoute } from '@rollcall/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/app/config.ts';
import { startServer } from '../../src/app/serve.ts';
import type { RunningServer } from '../../src/app/serve.ts';
import { createDatabase, createPool } from '../../src/db/index.ts';
import { handler, watchLoopLag } from '../../src/http/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startTestHttp } from '../support/http-server.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
let database: TestDatabase;
let folder: string;
let server: RunningServer;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp('/tmp/rollcall-overload-');
  const settings = { DATABASE_URL: database.connectionString, ROLLCALL_DATA: folder, ROLLCALL_PORT: '0', ROLLCALL_ROLE: 'api', ROLLCALL_SECRET_KEY: randomBytes(32).toString('hex'), ROLLCALL_REQUESTS_AT_ONCE: '2', ROLLCALL_REQUESTS_WAITING: '3', ROLLCALL_EVENT_STREAMS: '1' };
  server = await startServer(loadConfig(settings), { log, webFolder: null });
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

interface Seen { readonly status: number; readonly retryAfter: number; readonly code: string | undefined }
const ask = async (path: string): Promise<Seen> => {
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.localToken}` } });
  const body = (await answer.json()) as { code?: string };
  return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after') ?? '0'), code: body.code };
};
const figure = async (series: string): Promise<number> => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1));
};

it('answers 503 with Retry-After beyond what it can do, stays alive and well meanwhile, and goes on afterwards', async () => {
  // Whoever reads the saved views now waits for this lock: the database is as slow as can be.
  const holder = await database.pool.connect();
  await holder.query('begin; lock table saved_view in access exclusive mode');
  const all = Array.from({ length: 40 }, () => ask('/api/v1/views'));
  const refused: Seen[] = [];
  for (const one of all) void one.then((seen) => { if (seen.status === 503) refused.push(seen); });
  await expect.poll(() => refused.length, { timeout: 20_000 }).toBe(35);
  expect(refused.every(({ code, retryAfter }) => code === 'overloaded' && retryAfter >= 1 && retryAfter <= 10)).toBe(true);
  for (const path of ['/healthz', '/readyz']) expect((await ask(path)).status).toBe(200);
  // Counts have places of their own: what is stuck does not keep them from being answered.
  expect((await ask('/api/v1/inventory/count')).status).toBe(200);
  await holder.query('rollback');
  holder.release();
  const answers = await Promise.all(all);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
  expect((await ask('/api/v1/views')).status).toBe(200);
});

it('refuses who has waited too long, and forgets who left', async () => {
  const holder = await database.pool.connect();
  await holder.query('begin; lock table saved_view in access exclusive mode');
  const working = [ask('/api/v1/views'), ask('/api/v1/views')];
  const lockWaiters = async () => (await database.pool.query<{ n: number }>("select count(*)::integer as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).rows[0]?.n;
  await expect.poll(lockWaiters, { timeout: 20_000 }).toBe(2);
  const leaving = new AbortController();
  const left = Array.from({ length: 3 }, () => fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${server.localToken}` }, signal: leaving.signal }).catch(() => 'left'));
  await expect.poll(async () => (await ask('/api/v1/me')).status, { timeout: 20_000 }).toBe(503);
  leaving.abort();
  expect(await Promise.all(left)).toEqual(['left', 'left', 'left']);
  await expect.poll(() => figure('rollcall_http_requests_waiting{kind="light"}'), { timeout: 10_000 }).toBe(0);
  // Their places in the queue are free again: this one waits, until its time is over.
  const before = await figure('rollcall_http_requests_refused_total{kind="light",reason="late"}');
  const late = await ask('/api/v1/me');
  expect([late.status, late.code]).toEqual([503, 'overloaded']);
  expect(await figure('rollcall_http_requests_refused_total{kind="light",reason="late"}')).toBe(before + 1);
  await holder.query('rollback');
  holder.release();
  expect((await Promise.all(working)).map(({ status }) => status)).toEqual([200, 200]);
});

it('answers who asks for nothing but sends for ever no place, and closes on headers without end', async () => {
  const { hostname, port } = new URL(server.url);
  const slow = Array.from({ length: 6 }, () => connect(Number(port), hostname, function began(this: ReturnType<typeof connect>) {
    this.write(`POST /api/auth/sign-in/email HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`);
  }));
  await Promise.all(slow.map((socket) => new Promise((resolve) => { socket.once('connect', resolve); })));
  const session = await fetch(`${server.url}/api/auth/get-session`);
  expect(session.status).toBe(200);
  await session.text();
  for (const socket of slow) socket.destroy();
  const status = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () => { socket.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nx-long: ${'x'.repeat(100_000)}\r\n\r\n`); });
    let text = '';
    socket.on('data', (chunk) => { text += chunk.toString(); }).on('error', () => undefined).on('close', () => { resolve(text.slice(0, 12)); });
  });
  expect(status).toBe('HTTP/1.1 431');
  expect((await ask('/healthz')).status).toBe(200);
});

it('bounds event streams, statements and the wait for a connection, each with words of its own', async () => {
  const pool = createPool({ connectionString: database.connectionString, applicationName: 'overload test', max: 1, waitMs: 300, statementTimeoutMs: 1_500, onError: () => undefined });
  const db = createDatabase(pool);
  const answer = z.object({ ok: z.boolean() });
  const events = defineRoute({ method: 'GET', path: '/events', summary: 'Events', access: 'open', answers: 'events', status: 200, response: answer });
  const slow = defineRoute({ method: 'GET', path: '/slow', summary: 'Slow', access: 'open', answers: 'json', status: 200, response: answer });
  const http = await startTestHttp(database, {
    handlers: () => [
      handler(events, async ({ signal }) => (async function* forever() { yield { ok: true }; if (!signal.aborted) await once(signal, 'abort'); })()),
      handler(slow, async () => { await sql`select pg_sleep(30)`.execute(db); return { ok: true }; }),
    ],
    limits: { requestsAtOnce: 10, requestsWaiting: 10, eventStreams: 1 },
  });
  const first = new AbortController();
  const open = await fetch(`${http.url}/api/v1/events`, { signal: first.signal });
  expect(open.status).toBe(200);
  const second = await http.call('GET', '/api/v1/events');
  expect([second.status, second.body.code, second.headers.has('retry-after')]).toEqual([503, 'overloaded', true]);
  first.abort();
  await expect.poll(async () => {
    const leave = new AbortController();
    const { status } = await fetch(`${http.url}/api/v1/events`, { signal: leave.signal });
    leave.abort();
    return status;
  }, { timeout: 20_000 }).toBe(200);

  const answers = await Promise.all([http.call('GET', '/api/v1/slow'), http.call('GET', '/api/v1/slow')]);
  expect(answers.map(({ status, body }) => `${status} ${body.code as string}`)).toEqual(['503 overloaded', '503 overloaded']);
  expect(answers.map(({ body }) => body.title as string).toSorted((a, b) => a.localeCompare(b))).toEqual(['Busy', 'Took too long']);
  await http.close();
  await db.destroy();
});

it('a node that has fallen behind lets nobody wait, and takes the next when it has caught up', async () => {
  const answer = z.object({ ok: z.boolean() });
  const held = defineRoute({ method: 'GET', path: '/held', summary: 'Held', access: 'open', answers: 'json', status: 200, response: answer });
  const { promise: opened, resolve: letGo } = Promise.withResolvers<void>();
  let working = 0;
  const hold = handler(held, async () => {
    working += 1;
    await opened;
    return { ok: true };
  });
  const http = await startTestHttp(database, { handlers: () => [hold], limits: { requestsAtOnce: 1, requestsWaiting: 100, eventStreams: 1 }, lag: watchLoopLag() });
  const { hostname, port } = new URL(http.url);
  const sockets = await Promise.all(Array.from({ length: 5 }, async () => {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return socket;
  }));
  const first = http.call('GET', '/api/v1/held');
  await expect.poll(() => working, { timeout: 10_000 }).toBe(1);
  const answers = sockets.map((socket) => new Promise<string>((resolve) => { socket.once('data', (chunk) => { resolve(chunk.toString()); }); }));
  for (const socket of sockets) socket.write('GET /api/v1/held HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  // This thread sleeps, and with it everything the server would do: as when the machine gives it no processor.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
  for (const text of await Promise.all(answers)) expect([text.slice(9, 12), /retry-after: \d+/u.test(text)]).toEqual(['503', true]);
  for (const socket of sockets) socket.destroy();
  letGo();
  expect((await first).status).toBe(200);
  expect((await http.call('GET', '/api/v1/held')).status).toBe(200);
  await http.close();
});
