import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { closedAddress, failureOf, json, pipelineFor, read, secret, serve, write } from './loopback.ts';

describe('requests', () => {
  test('carry the key, the JSON body and the query below the base path', async () => {
    const { baseUrl, received } = await serve((_request, response) => json(response, 200, { ok: true }));
    const { send } = pipelineFor(`${baseUrl}/proxy/`);
    await send({ ...write, query: { cursor: 'a b', ids: ['1', '2'] } });
    expect(received[0]).toMatchObject({ method: 'POST', url: '/proxy/admin/v2/things?cursor=a+b&ids=1&ids=2', body: '{"a":1}' });
    expect(received[0]?.headers).toMatchObject({ authorization: `Bearer ${secret}`, 'content-type': 'application/json', accept: 'application/json' });
  });

  test('whose ids would leave the base path are never sent', async () => {
    const { baseUrl, received } = await serve((_request, response) => json(response, 200, {}));
    const { send } = pipelineFor(baseUrl);
    const failures = [await failureOf(send({ ...read, path: '/admin/v2/../../x' })), await failureOf(send({ ...read, path: '/admin/./x' })), await failureOf(send({ ...read, path: '@evil.example/x' }))];
    expect(failures.map(({ facts }) => facts.kind)).toStrictEqual(['bug', 'bug', 'bug']);
    expect(received).toHaveLength(0);
  });

  test('follow redirects of reads on the same host, and never carry the key to another', async () => {
    const other = await serve((_request, response) => json(response, 200, {}));
    const { baseUrl, received } = await serve((request, response) => {
      if (request.url.endsWith('/things')) response.writeHead(302, { location: '/admin/moved' }).end();
      else if (request.url.endsWith('/moved')) json(response, 200, { moved: true });
      else response.writeHead(302, { location: `${other.baseUrl}/steal` }).end();
    });
    const { send } = pipelineFor(baseUrl);
    expect((await send(read)).body).toStrictEqual({ moved: true });
    const failure = await failureOf(send({ ...read, path: '/elsewhere' }));
    expect(failure.facts.kind).toBe('unsupported');
    expect(other.received).toHaveLength(0);
    expect(received).toHaveLength(3);
  });
});

describe('answers', () => {
  test('an empty one is null, whatever its status', async () => {
    const { baseUrl } = await serve((_request, response, n) => response.writeHead(n === 1 ? 204 : 200).end());
    const { send } = pipelineFor(baseUrl);
    expect(await send(write)).toStrictEqual({ status: 204, body: null });
    expect(await send(read)).toStrictEqual({ status: 200, body: null });
  });

  test.each([
    ['an HTML page', (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>')],
    ['a body that breaks off', (response: ServerResponse) => { response.writeHead(200, { 'content-length': '1000' }); response.write('{"data":['); setImmediate(() => response.destroy()); }],
    ['half a JSON text', (response: ServerResponse) => response.writeHead(200).end('{"data":[1,')],
    ['no headers in time', () => undefined],
    ['a reset', (response: ServerResponse) => response.destroy()],
    ['a 502', (response: ServerResponse) => response.writeHead(502).end('<html>')],
  ])('%s: a read is asked again, a write with no answer is not', async (_name, answer) => {
    const { baseUrl, received } = await serve((_request, response, n) => (n === 2 || n === 3 ? json(response, 200, { n }) : answer(response)));
    const { send, waits } = pipelineFor(baseUrl);
    expect((await send(read)).body).toStrictEqual({ n: 2 });
    expect(waits).toStrictEqual([2000]);
    expect((await send(write)).body).toStrictEqual({ n: 3 });
    const before = received.length;
    const outcome = await send(write).then((response) => response.status, (error: unknown) => error);
    expect(received).toHaveLength(before + 1);
    // A success that cannot be read is a success all the same; anything else may have taken effect.
    if (outcome !== 200) expect(outcome).toMatchObject({ facts: { kind: 'transient', surelyWithoutEffect: false } });
  });

  test('larger than the bound is refused and not asked for again', async () => {
    const { baseUrl, received } = await serve((_request, response) => json(response, 200, { text: 'x'.repeat(5000) }));
    const { send } = pipelineFor(baseUrl, 'run', { longestBodyBytes: 1000 });
    expect((await failureOf(send(read))).facts).toMatchObject({ kind: 'unsupported' });
    expect(received).toHaveLength(1);
  });
});

describe('a word before sending', () => {
  test('is asked for before every sending, and a refusal keeps the request from being sent', async () => {
    const { baseUrl, received } = await serve((_request, response, n) => (n === 1 ? response.writeHead(429).end() : json(response, 200, { n })));
    const { send } = pipelineFor(baseUrl);
    const sentWhenAsked: number[] = [];
    const note = (): Promise<void> => Promise.resolve(void sentWhenAsked.push(received.length));
    expect((await send({ ...write, beforeSending: note })).body).toStrictEqual({ n: 2 });
    expect(sentWhenAsked).toStrictEqual([0, 1]);
    await expect(send({ ...write, beforeSending: () => Promise.reject(new Error('not ours any more')) })).rejects.toThrow('not ours any more');
    expect(received).toHaveLength(2);
  });
});

describe('retries', () => {
  test('a read is sent five times at most, with waits that double and are spread', async () => {
    const { baseUrl, received } = await serve((_request, response) => response.writeHead(500).end());
    const { send, waits } = pipelineFor(baseUrl);
    expect((await failureOf(send(read))).facts).toMatchObject({ kind: 'transient', status: 500 });
    expect(received).toHaveLength(5);
    expect(waits).toStrictEqual([2000, 4000, 8000, 16_000]);
  });

  test('a connection that never stood had no effect: a write is tried again', async () => {
    const { send, waits } = pipelineFor(await closedAddress());
    expect((await failureOf(send(write))).facts).toMatchObject({ kind: 'transient', status: null, surelyWithoutEffect: true });
    expect(waits).toHaveLength(4);
  });

  test.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['an HTTP date', { 'retry-after': 'Sun, 22 Nov 2026 00:00:09 GMT' }, 9000],
    ['the reset of the limit', { 'x-ratelimit-reset': '2026-11-22T00:00:05Z' }, 5000],
    ['nothing', {}, 2000],
  ])('429 with %s: waited for, also by a write', async (_name, headers, wait) => {
    const { baseUrl, received } = await serve((_request, response, n) => (n === 1 ? json(response, 429, { code: 429, message: 'slow down' }, headers) : json(response, 200, {})));
    const { send, waits } = pipelineFor(baseUrl);
    await send(write);
    expect(received).toHaveLength(2);
    expect(waits).toStrictEqual([wait]);
  });

  test('what a lane does not wait for comes out as rateLimited, and the group is cooled for all', async () => {
    const { baseUrl, received } = await serve((_request, response) => json(response, 429, {}, { 'retry-after': '45' }));
    const run = pipelineFor(baseUrl);
    const retryAt = new Date('2026-11-22T00:00:45Z');
    expect((await failureOf(run.send(write))).facts).toMatchObject({ kind: 'rateLimited', retryAt, surelyWithoutEffect: true });
    // The second is stopped by the cooled budget: nothing is sent.
    expect((await failureOf(run.send(read))).facts).toMatchObject({ kind: 'rateLimited', status: null, retryAt });
    expect(received).toHaveLength(1);
    expect(run.waits).toStrictEqual([]);
  });

  test('a sync waits longer than a run', async () => {
    const { baseUrl } = await serve((_request, response, n) => (n === 1 ? json(response, 503, {}, { 'retry-after': '45' }) : json(response, 200, { n })));
    const { send, waits } = pipelineFor(baseUrl, 'sync');
    expect((await send(read)).body).toStrictEqual({ n: 2 });
    expect(waits).toStrictEqual([45_000]);
  });

  test('an allowance spent to the last request is not overdrawn', async () => {
    const { baseUrl, received } = await serve((_request, response) => json(response, 200, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-11-22T00:00:08Z' }));
    const { send, waits } = pipelineFor(baseUrl);
    await send(read);
    await send(read);
    expect(waits).toStrictEqual([8000]);
    expect(received).toHaveLength(2);
  });

  test.each([400, 401, 402, 403, 404, 409])('%i is never repeated', async (status) => {
    const { baseUrl, received } = await serve((_request, response) => json(response, status, {}));
    await failureOf(pipelineFor(baseUrl).send(read));
    expect(received).toHaveLength(1);
  });

  test('an aborted signal ends waiting and sending with its own reason', async () => {
    const controller = new AbortController();
    const { baseUrl } = await serve(() => controller.abort(new Error('shutting down')));
    await expect(pipelineFor(baseUrl, 'run', { signal: controller.signal }).send(read)).rejects.toThrow('shutting down');
    await expect(pipelineFor(baseUrl, 'run', { signal: controller.signal }).send(read)).rejects.toThrow('shutting down');
  });
});

test('the key is in no error and in no log line, even when the server echoes it', async () => {
  const { baseUrl } = await serve((request, response) => {
    const echo = `${request.headers.authorization} ${encodeURIComponent(secret)} ${Buffer.from(secret).toString('base64')}`;
    json(response, 403, { errors: [{ code: echo, title: echo, detail: `${'x'.repeat(480)}${echo}` }] });
  });
  const { send, logged } = pipelineFor(baseUrl);
  const failure = await failureOf(send(read));
  const seen = JSON.stringify([failure.facts, failure.message, failure.stack, String(failure.cause), logged]);
  for (const form of [secret, secret.slice(0, 20), encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) expect(seen).not.toContain(form);
  expect(failure.facts.message.length).toBeLessThanOrEqual(500);
});
