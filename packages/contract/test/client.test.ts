import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, problemCodes, problemSchema, ProblemError, routes } from '@rollcall/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let seen: Seen[] = [];
let next: { status: number; type: string; body: string; retryAfter?: string } = { status: 204, type: 'application/json', body: '' };
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
    const { status, type, body, retryAfter } = next;
    response.writeHead(status, { 'content-type': type, ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) });
    response.end(body);
    if (status === 503) next = later ?? next;
  });
});
/** What is answered after a 503; undefined: the same again. */
let later: typeof next | undefined;
let baseUrl = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // A TCP server's address is an object.
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => { server.close(); });
beforeEach(() => {
  seen = [];
  later = undefined;
  next = { status: 204, type: 'application/json', body: '' };
});
const client = () => createClient({ baseUrl, headers: () => ({ authorization: 'Bearer test' }) });
const answerJson = (body: unknown, status = 200): void => { next = { status, type: 'application/json', body: JSON.stringify(body) }; };

describe('the address of a call', () => {
  it('holds parameters and questions, encoded', async () => {
    answerJson({ items: [], next: null });
    await client().call(routes.runs.items, { params: { runId: '01936f2a-0000-7000-8000-000000000001' }, query: { search: 'a&b=ü 山', limit: 5 } });
    const url = new URL(seen[0]?.url ?? '', baseUrl);
    expect(url.pathname).toBe('/api/v1/runs/01936f2a-0000-7000-8000-000000000001/items');
    expect(url.searchParams.get('search')).toBe('a&b=ü 山');
    expect(url.searchParams.get('limit')).toBe('5');
  });

  it('leaves out what is not given', () => {
    expect(createClient({ baseUrl: '' }).href(routes.inventory.page, { query: { q: 'app = jira', after: undefined } })).toBe('/api/v1/inventory?q=app+%3D+jira');
  });

  it('keeps a parameter within its place', () => {
    expect(createClient({ baseUrl: '' }).href(routes.sources.get, { params: { sourceId: '../people?x=1' } })).toBe('/api/v1/sources/..%2Fpeople%3Fx%3D1');
  });
});

describe('a call', () => {
  it('carries the key, the body and the headers of a write', async () => {
    await client().call(routes.exemptions.end, { params: { exemptionId: '01936f2a-0000-7000-8000-000000000001' } }, { idempotencyKey: 'k1' });
    expect(seen[0]?.method).toBe('DELETE');
    expect(seen[0]?.headers['idempotency-key']).toBe('k1');
    expect(seen[0]?.headers['x-rollcall-csrf']).toBe('1');
    expect(seen[0]?.headers['authorization']).toBe('Bearer test');
    answerJson({ ok: true, text: 'app = jira', ast: null, error: null });
    await client().call(routes.inventory.parse, { body: { q: 'app = jira' } });
    expect(seen[1]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({ q: 'app = jira' });
  });

  it('refuses an answer of another shape, and drops members it does not know', async () => {
    answerJson({ accounts: 'many', exact: true });
    await expect(client().call(routes.inventory.count, { query: {} })).rejects.toThrow('accounts');
    answerJson({ accounts: 3, exact: true, newMember: 1 });
    expect(await client().call(routes.inventory.count, { query: {} })).toEqual({ accounts: 3, exact: true });
  });
});

describe('a failure', () => {
  it('is thrown as the problem it is', async () => {
    const problem = { type: 'about:blank', title: 'Paused', status: 409, code: 'paused', detail: 'Everything is paused.', requestId: 'r1' };
    next = { status: 409, type: 'application/problem+json', body: JSON.stringify(problem) };
    const error = await client().call(routes.session.me, {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error instanceof ProblemError ? error.problem : null).toEqual(problem);
  });

  it('of a proxy or another program is said to be so', async () => {
    next = { status: 503, type: 'text/html', body: '<html>busy</html>' };
    const error = await client().call(routes.session.me, {}).catch((thrown: unknown) => thrown);
    expect(error instanceof ProblemError ? [error.problem.code, error.problem.status] : null).toEqual(['overloaded', 503]);
    expect(String(error)).toContain('proxy');
    expect(String(error)).not.toContain('<html>');
  });

  it('has codes with an HTTP status of a failure each, and no code beyond the list', () => {
    expect(Object.entries(problemCodes).filter(([, status]) => status < 400 || status > 599)).toEqual([]);
    expect(problemSchema.safeParse({ type: 'about:blank', title: 't', status: 400, code: 'invented', detail: 'd' }).success).toBe(false);
  });
});

describe('a busy server', () => {
  const busy = (retryAfter?: string): void => {
    const body = JSON.stringify({ type: 'about:blank', title: 'Busy', status: 503, code: 'overloaded', detail: 'Try again in a few seconds.' });
    next = { status: 503, type: 'application/problem+json', body, ...(retryAfter === undefined ? {} : { retryAfter }) };
  };
  const read = (signal?: AbortSignal): Promise<unknown> => client().call(routes.sources.list, {}, signal === undefined ? {} : { signal }).catch((thrown: unknown) => thrown);

  it('is asked again for a read when it says when to come, and three times in all', async () => {
    busy('0');
    later = { status: 200, type: 'application/json', body: JSON.stringify({ items: [] }) };
    expect(await read()).toEqual({ items: [] });
    expect(seen).toHaveLength(2);
    seen = [];
    later = undefined;
    busy('0');
    expect(await read()).toMatchObject({ problem: { code: 'overloaded' } });
    expect(seen).toHaveLength(3);
  });

  it('is waited for as long as it asked, and not beyond the end of the asker\'s patience', async () => {
    busy('1');
    later = { status: 200, type: 'application/json', body: JSON.stringify({ items: [] }) };
    const began = performance.now();
    await read();
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    seen = [];
    busy('5');
    const leaving = new AbortController();
    const reading = read(leaving.signal);
    await expect.poll(() => seen.length).toBe(1);
    leaving.abort(new Error('I have left.'));
    expect(String(await reading)).toContain('I have left.');
    expect(seen).toHaveLength(1);
  });

  it('is not asked again for a write, without a time, or when the time is far away', async () => {
    for (const [retryAfter, write] of [['0', true], [undefined, false], ['600', false], ['soon', false]] as const) {
      seen = [];
      busy(retryAfter);
      if (write) await client().call(routes.exemptions.end, { params: { exemptionId: '01936f2a-0000-7000-8000-000000000001' } }).catch(() => undefined);
      else await read();
      expect(seen).toHaveLength(1);
    }
  });
});
