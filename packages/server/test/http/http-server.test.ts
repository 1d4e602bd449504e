import { request as httpRequest } from 'node:http';
import { createHash } from 'node:crypto';
import { defineRoute } from '@rollcall/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RequestProblem } from '../../src/app/problem.ts';
import { handler } from '../../src/http/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { localToken, startTestHttp } from '../support/http-server.ts';
import type { TestHttpServer } from '../support/http-server.ts';

const echo = defineRoute({
  method: 'POST', path: '/echo/:place', summary: 'Echo', access: 'plan', params: z.object({ place: z.string() }), query: z.object({ tags: z.array(z.string()).default([]), limit: z.coerce.number().int().default(10) }),
  body: z.object({ text: z.string().min(1), count: z.number().int().optional() }), answers: 'json', status: 201, response: z.object({ place: z.string(), tags: z.array(z.string()), limit: z.number(), text: z.string(), calls: z.number() }),
});
const download = defineRoute({ method: 'GET', path: '/file', summary: 'File', access: 'read', query: z.object({ rows: z.coerce.number() }), answers: 'file', status: 200, response: z.unknown() });
const events = defineRoute({ method: 'GET', path: '/events', summary: 'Events', access: 'read', query: z.object({ how: z.enum(['three', 'missing', 'breaks', 'endless']) }), answers: 'events', status: 200, response: z.object({ n: z.number() }) });
const bytes = defineRoute({ method: 'PUT', path: '/bytes', summary: 'Bytes', access: 'sync', takes: 'bytes', answers: 'json', status: 200, response: z.object({ length: z.number(), sha256: z.string() }) });
const fails = defineRoute({ method: 'GET', path: '/fails', summary: 'Fails', access: 'read', answers: 'json', status: 200, response: z.object({}) });
const secret = defineRoute({ method: 'POST', path: '/secret', summary: 'Secret', access: 'plan', answers: 'json', status: 201, response: z.object({ secret: z.string() }) });

let calls = 0;
let gate: Promise<void> | null = null;
let chunksMade = 0;
let streamsEnded = 0;
const handlers = [
  handler(echo, async ({ params, query, body }) => {
    calls += 1;
    await gate;
    if (body.text === 'refuse') throw new RequestProblem({ code: 'refusedByGuard', detail: 'No.' });
    return { place: params.place, ...query, text: body.text, calls, notInTheSchema: 'secret' };
  }),
  handler(download, async ({ query }) => ({
    fileName: 'Übersicht "Q1" 東京.csv', contentType: 'text/csv; charset=utf-8', rows: query.rows,
    chunks: (async function* rows() {
      if (query.rows < 0) throw new RequestProblem({ code: 'badRequest', detail: 'Less than nothing.' });
      try {
        for (let row = 0; row < query.rows; row += 1) {
          chunksMade += 1;
          if (row === 13 && query.rows === 14) throw new Error('The disk is on fire.');
          yield `${row},${'x'.repeat(1000)}\n`;
        }
      } finally {
        streamsEnded += 1;
      }
    })(),
  })),
  handler(events, async ({ query, signal }) => (async function* steps() {
    if (query.how === 'missing') throw new RequestProblem({ code: 'notFound', detail: 'There is no such run.' });
    yield { n: 1, hidden: 'x' };
    if (query.how === 'breaks') throw new Error('secret words');
    if (query.how === 'endless') await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
    yield { n: 2 };
    yield { n: 3 };
  })()),
  handler(bytes, async ({ bytes: stream }) => {
    const hash = createHash('sha256');
    let length = 0;
    for await (const chunk of stream ?? []) {
      hash.update(chunk as Buffer);
      length += (chunk as Buffer).length;
    }
    return { length, sha256: hash.digest('hex') };
  }),
  handler(fails, async () => { throw new Error('the password is hunter2'); }),
  handler(secret, async () => { calls += 1; return { secret: `s${calls}` }; }, { secretAnswer: true }),
];

let database: TestDatabase;
let server: TestHttpServer;
let operator: string;
beforeAll(async () => {
  database = await testDatabase();
  server = await startTestHttp(database, { handlers: () => handlers });
  operator = (await server.makePerson({ role: 'operator' })).bearer;
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const send = (body: unknown, headers: Record<string, string> = {}, path = '/api/v1/echo/here') => server.call('POST', path, { bearer: operator, body, headers });

describe('input and output', () => {
  it('parses parameters, lists of one, and strips what the answer does not declare', async () => {
    const answer = await send({ text: 'hi' }, {}, '/api/v1/echo/a%2Fb?tags=one&limit=3');
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ place: 'a/b', tags: ['one'], limit: 3, text: 'hi', calls });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('names every wrong field, unknown ones included', async () => {
    const answer = await send({ text: '', count: 1.5, cuont: 2 }, {}, '/api/v1/echo/x?limt=3');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.code).toBe('badRequest');
    expect((answer.body.fields as { path: string }[]).map((field) => field.path).toSorted((a, b) => a.localeCompare(b))).toEqual(['count', 'cuont', 'limt', 'text']);
  });

  it('answers problems for what is no JSON, too large or not there', async () => {
    const malformed = await fetch(`${server.url}/api/v1/echo/x`, { method: 'POST', headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' }, body: '{' });
    expect([malformed.status, ((await malformed.json()) as { code: string }).code]).toEqual([400, 'badRequest']);
    const large = await send({ text: 'x'.repeat(5_000_000) });
    expect([large.status, large.body.code]).toEqual([413, 'tooLarge']);
    const missing = await server.call('GET', '/api/v1/nothing');
    expect([missing.status, missing.body.code]).toEqual([404, 'notFound']);
  });

  it('says nothing of what failed inside, and logs it under the request id', async () => {
    const answer = await server.call('GET', '/api/v1/fails', { bearer: operator });
    expect([answer.status, answer.body.code]).toEqual([500, 'failed']);
    expect(answer.text).not.toContain('hunter2');
    expect(server.logLines.some((line) => line.includes(answer.body.requestId) && line.includes('hunter2'))).toBe(true);
    expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId);
  });

  it('logs no addresses', async () => {
    await send({ text: 'hi' }, {}, '/api/v1/echo/somebody%40example.com?tags=lovelace');
    expect(server.logLines.length).toBeGreaterThan(0);
    // Neither word can stand in the hexadecimal of an id.
    expect(server.logLines.join('\n')).not.toMatch(/example\.com|lovelace/u);
  });
});

describe('who may', () => {
  it('refuses the unknown before it reads the body', async () => {
    const answer = await server.call('POST', '/api/v1/echo/x', { body: { text: 'x'.repeat(5_000_000) } });
    expect([answer.status, answer.body.code]).toEqual([401, 'signInNeeded']);
    expect((await server.call('POST', '/api/v1/echo/x', { body: { text: 'x' }, bearer: 'rct_unknown' })).status).toBe(401);
  });

  it('narrows a token to its scopes and to its owner\'s role of today', async () => {
    const { personId, bearer } = await server.makePerson({ role: 'operator', scopes: ['read', 'plan', 'administer'] });
    expect((await server.call('POST', '/api/v1/echo/x', { bearer, body: { text: 'x' } })).status).toBe(201);
    expect((await server.call('PUT', '/api/v1/bytes', { bearer })).status).toBe(403);
    await database.db.updateTable('role_grant').set({ role: 'viewer' }).where('person_id', '=', personId).execute();
    expect((await server.call('POST', '/api/v1/echo/x', { bearer, body: { text: 'x' } })).status).toBe(403);
    await database.db.deleteFrom('role_grant').where('person_id', '=', personId).execute();
    expect((await server.call('POST', '/api/v1/echo/x', { bearer, body: { text: 'x' } })).status).toBe(401);
  });

  it('ends a token when it expires and when it is revoked', async () => {
    const expired = await server.makePerson({ role: 'operator' });
    await database.db.updateTable('api_token').set({ expires_at: new Date(Date.now() - 1) }).where('id', '=', expired.tokenId).execute();
    const revoked = await server.makePerson({ role: 'operator' });
    await database.db.updateTable('api_token').set({ revoked_at: new Date() }).where('id', '=', revoked.tokenId).execute();
    for (const { bearer } of [expired, revoked]) expect((await server.call('GET', '/api/v1/fails', { bearer })).status).toBe(401);
  });

  it('answers only names of this machine while it listens on loopback', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = httpRequest(`${server.url}/healthz`, { headers: { host: 'rebound.example.com' } }, (answer) => { answer.resume(); resolve(answer.statusCode); });
      asked.on('error', reject).end();
    });
    expect(status).toBe(403);
    expect((await server.call('GET', '/healthz')).status).toBe(200);
  });
});

describe('Idempotency-Key', () => {
  it('does a write once and repeats its answer', async () => {
    const before = calls;
    const first = await send({ text: 'once' }, { 'idempotency-key': 'k1' });
    const again = await send({ text: 'once' }, { 'idempotency-key': 'k1' });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(calls).toBe(before + 1);
  });

  it('refuses the key for another request, and keeps actors apart', async () => {
    await send({ text: 'one' }, { 'idempotency-key': 'k2' });
    const other = await send({ text: 'two' }, { 'idempotency-key': 'k2' });
    expect([other.status, other.body.code]).toEqual([409, 'idempotencyMismatch']);
    const somebody = await server.makePerson({ role: 'operator' });
    expect((await server.call('POST', '/api/v1/echo/here', { bearer: somebody.bearer, body: { text: 'two' }, headers: { 'idempotency-key': 'k2' } })).status).toBe(201);
  });

  it('answers conflict while the first one runs', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const before = calls;
    const first = send({ text: 'slow' }, { 'idempotency-key': 'k3' });
    await expect.poll(() => calls).toBe(before + 1);
    const second = await send({ text: 'slow' }, { 'idempotency-key': 'k3' });
    expect([second.status, second.body.code]).toEqual([409, 'conflict']);
    resolve();
    gate = null;
    expect((await first).status).toBe(201);
  });

  it('keeps no failure, so that it can be tried again', async () => {
    const before = calls;
    for (let attempt = 0; attempt < 2; attempt += 1) expect((await send({ text: 'refuse' }, { 'idempotency-key': 'k4' })).body.code).toBe('refusedByGuard');
    expect(calls).toBe(before + 2);
  });

  it('stores no answer that holds a secret', async () => {
    const first = await server.call('POST', '/api/v1/secret', { bearer: operator, headers: { 'idempotency-key': 'k5' } });
    expect(first.body.secret).toMatch(/^s/u);
    const again = await server.call('POST', '/api/v1/secret', { bearer: operator, headers: { 'idempotency-key': 'k5' } });
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
    const kept = await database.db.selectFrom('idempotency_key').selectAll().where('key', '=', 'k5').executeTakeFirstOrThrow();
    expect(kept.response).toBeNull();
  });

  it('forgets a key after 24 hours', async () => {
    await send({ text: 'old' }, { 'idempotency-key': 'k6' });
    await database.db.updateTable('idempotency_key').set({ created_at: new Date(Date.now() - 25 * 3_600_000) }).where('key', '=', 'k6').execute();
    expect((await send({ text: 'new' }, { 'idempotency-key': 'k6' })).status).toBe(201);
  });
});

describe('streams', () => {
  it('downloads with a name in UTF-8 and the number of rows', async () => {
    const answer = await server.call('GET', '/api/v1/file?rows=3', { bearer: operator });
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="_bersicht _Q1_ __.csv"; filename*=UTF-8''%C3%9Cbersicht%20%22Q1%22%20%E6%9D%B1%E4%BA%AC.csv`);
    expect(answer.headers.get('x-rollcall-rows')).toBe('3');
    expect(answer.text.split('\n')).toHaveLength(4);
  });

  it('answers a failure at the start as a problem', async () => {
    const answer = await server.call('GET', '/api/v1/file?rows=-1', { bearer: operator });
    expect([answer.status, answer.body.code]).toEqual([400, 'badRequest']);
  });

  it('ends the connection when it breaks on the way, and says why in the log', async () => {
    const answer = await fetch(`${server.url}/api/v1/file?rows=14`, { headers: { authorization: `Bearer ${operator}` } });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
    expect(server.logLines.filter((line) => line.includes('A download broke off') && line.includes('on fire'))).toHaveLength(1);
  });

  it('makes no more than is read, and stops when the reader leaves', async () => {
    chunksMade = 0;
    const ended = streamsEnded;
    const leaving = new AbortController();
    const answer = await fetch(`${server.url}/api/v1/file?rows=10000000`, { headers: { authorization: `Bearer ${operator}` }, signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    await expect.poll(() => streamsEnded, { timeout: 20_000 }).toBe(ended + 1);
    expect(chunksMade).toBeLessThan(100_000);
  });

  it('sends events in their shape, then the end', async () => {
    const answer = await server.call('GET', '/api/v1/events?how=three', { bearer: operator });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(answer.text).toBe('retry: 2000\n\ndata: {"n":1}\n\ndata: {"n":2}\n\ndata: {"n":3}\n\nevent: end\ndata: {}\n\n');
  });

  it('answers a missing subject as a problem, and a failure on the way as an event without its words', async () => {
    expect((await server.call('GET', '/api/v1/events?how=missing', { bearer: operator })).status).toBe(404);
    const broken = await server.call('GET', '/api/v1/events?how=breaks', { bearer: operator });
    expect(broken.text).toContain('event: problem');
    expect(broken.text).not.toContain('secret words');
  });

  it('hands bytes through as they come, whatever they are called', async () => {
    const body = Buffer.alloc(20_000_000, 7);
    const answer = await fetch(`${server.url}/api/v1/bytes`, { method: 'PUT', body, headers: { authorization: `Bearer ${operator}`, 'content-type': 'text/csv' } });
    expect(await answer.json()).toEqual({ length: body.length, sha256: createHash('sha256').update(body).digest('hex') });
  });

  it('ends event streams when it closes', async () => {
    const other = await startTestHttp(database, { handlers: () => handlers });
    const { bearer } = await other.makePerson({ role: 'viewer' });
    const open = await fetch(`${other.url}/api/v1/events?how=endless`, { headers: { authorization: `Bearer ${bearer}` } });
    await other.close();
    expect(await open.text()).toContain('data: {"n":1}');
  });
});

describe('writes from browsers', () => {
  it('are refused from other sites, however they are signed in', async () => {
    for (const headers of [{ origin: 'https://evil.example.com' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'null' }]) {
      const answer = await server.call('POST', '/api/v1/echo/x', { body: { text: 'x' }, headers: { cookie: 'rollcall.session_token=x', ...headers } });
      expect([headers, answer.status, answer.body.code]).toEqual([headers, 403, 'forbidden']);
      expect((await server.call('POST', '/api/auth/sign-in/email', { body: { email: 'a@example.com', password: 'x' }, headers })).status).toBe(403);
    }
  });

  it('work with a bearer token from anywhere: no browser adds one by itself', async () => {
    expect((await server.call('POST', '/api/v1/echo/x', { bearer: operator, body: { text: 'x' }, headers: { origin: 'https://tool.example.com' } })).status).toBe(201);
    expect((await server.call('GET', '/api/v1/fails', { bearer: localToken })).status).toBe(500);
  });
});
