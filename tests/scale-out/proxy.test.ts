import { setTimeout as wait } from 'node:timers/promises';
import { createClient, routes } from '@rollcall/contract';
import { writeExport } from '@rollcall/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { readEvents } from './support/events.ts';
import { freePort } from './support/free-port.ts';
import { startNginx } from './support/nginx.ts';
import { startNode } from './support/nodes.ts';
import type { RunningNode } from './support/nodes.ts';
import { startPostgres } from './support/postgres.ts';
import { Visitor } from './support/through-proxy.ts';
import { until } from './support/until.ts';
import { connect, organisation, requestSync, syncDone } from './support/work.ts';

const password = 'correct horse battery staple';
const ada = { name: 'Ada', email: 'ada@example.com', password };
const withId = z.object({ id: z.string() });

interface Site {
  readonly url: string;
  readonly nodes: readonly [RunningNode, RunningNode];
  readonly worker: RunningNode;
  /** Starts a node anew at its place. */
  again(index: 0 | 1): Promise<RunningNode>;
}

const cleanUp = new AsyncDisposableStack();
const atEnd = (work: () => Promise<void>): void => { cleanUp.defer(work); };

/** Two nodes of `rollcall serve --role api` behind a real nginx, and one that does the work. */
async function startSite(): Promise<Site> {
  const postgres = await startPostgres();
  atEnd(() => postgres.stop());
  const [proxy, ...ports] = await Promise.all([freePort(), freePort(), freePort()]);
  const url = `http://localhost:${proxy}`;
  const settings = { ROLLCALL_PUBLIC_URL: url, ROLLCALL_TRUSTED_PROXIES: '127.0.0.1', ROLLCALL_STOP_DELAY_SECONDS: '2' };
  const api = (index: 0 | 1) => startNode({ databaseUrl: postgres.url, role: 'api', port: ports[index] ?? 0, settings, program: 'rollcall' }, atEnd);
  const [first, worker] = await Promise.all([api(0), startNode({ databaseUrl: postgres.url, role: 'worker', program: 'rollcall' }, atEnd)]);
  const second = await api(1);
  await startNginx(proxy, ports, atEnd);
  return { url, nodes: [first, second], worker, again: api };
}

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => cleanUp.disposeAsync());

it('signing in, sessions, repeated writes, uploads and progress work whichever node answers', async () => {
  const browser = new Visitor(site.url);
  // The link of the node that started last is the one that works.
  const token = new URL(site.nodes[1].setupLink ?? '').searchParams.get('token');
  expect(new URL(site.nodes[1].setupLink ?? '').origin).toBe(site.url);
  expect((await browser.ask('POST', '/api/v1/setup', { token, ...ada })).status).toBe(201);
  expect((await browser.ask('POST', '/api/auth/sign-in/email', { email: ada.email, password })).status).toBe(200);
  browser.nodes.clear();
  for (let n = 0; n < 6; n += 1) expect((await browser.ask('GET', '/api/v1/me')).status).toBe(200);
  expect(browser.nodes.size).toBe(2);

  // A write that is sent twice is done once, also when another node hears the repetition.
  const view = { name: 'Mine', search: { q: 'status = active', period: '90d' } };
  const twice = [await browser.ask('POST', '/api/v1/views', view, { 'idempotency-key': 'one' }), await browser.ask('POST', '/api/v1/views', view, { 'idempotency-key': 'one' })];
  expect(twice[0]?.node).not.toBe(twice[1]?.node);
  expect(twice.map(({ status }) => status)).toEqual([201, 201]);
  expect(JSON.parse(twice[1]?.text ?? '')).toEqual(JSON.parse(twice[0]?.text ?? ''));

  // A file whose upload, preview and taking are seen by different nodes.
  const sandbox = await organisation({ users: 120, seed: 61, latencyMs: 60 });
  let csv = '';
  for await (const chunk of writeExport('users', { world: sandbox.world })) csv += chunk;
  const upload = await browser.get(withId, 'POST', '/api/v1/uploads', { fileName: 'export-users.csv' });
  await browser.get(withId, 'PUT', `/api/v1/uploads/${upload.id}/content`, csv, { 'content-type': 'application/octet-stream' });
  const states: string[] = [];
  await readEvents(`${site.url}/api/v1/uploads/${upload.id}/events`, browser.headers, (state) => { states.push(state); });
  expect(states.at(-1)).toBe('ready');
  const day = new Date().toISOString().slice(0, 10);
  const taken = await browser.get(z.object({ sync: withId }), 'POST', `/api/v1/uploads/${upload.id}/take`, { as: { kind: 'newSource', name: 'File' }, exportedOn: day });
  const made = await browser.get(z.object({ secret: z.string() }), 'POST', '/api/v1/tokens', { name: 'program', scopes: ['read', 'sync', 'sources'], expiresInDays: 1 });
  const program = createClient({ baseUrl: site.url, headers: () => ({ authorization: `Bearer ${made.secret}` }) });
  await syncDone(program, taken.sync.id);

  // What one node begins and a third does is heard at once at the other, and through the proxy.
  const sourceId = await connect(program, sandbox, 'Acme');
  const syncId = await requestSync(createClient({ baseUrl: site.nodes[1].url, headers: () => ({ authorization: `Bearer ${made.secret}` }) }), sourceId);
  const heard: Record<string, string[]> = { proxy: [], first: [] };
  const follow = (name: string, base: string) => readEvents(`${base}/api/v1/syncs/${syncId}/events`, { authorization: `Bearer ${made.secret}` }, (state) => { heard[name]?.push(state); });
  await Promise.all([follow('proxy', site.url), follow('first', site.nodes[0].url)]);
  for (const of of [heard['proxy'], heard['first']]) {
    expect(of?.at(-1)).toBe('done');
    expect(of?.filter((state) => state === 'running').length).toBeGreaterThan(1);
  }

  // Whoever signed out at one node is signed out at the other.
  expect((await browser.ask('POST', '/api/auth/sign-out', {})).status).toBe(200);
  for (let n = 0; n < 4; n += 1) expect((await browser.ask('GET', '/api/v1/me')).status).toBe(401);
});

it('a rolling restart loses no request: each node says that it is not ready, goes on answering, and then ends', async () => {
  const { secret } = await site.nodes[0].client.call(routes.session.createToken, { body: { name: 'program', scopes: ['read', 'plan'], expiresInDays: 1 } });
  const program = new Visitor(site.url, { authorization: `Bearer ${secret}` });
  const stop = new AbortController();
  const answers: number[] = [];
  let views = 0;
  const keepAsking = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const writes = answers.length % 3 === 0;
      const name = `view ${views}`;
      if (writes) views += 1;
      const answer = writes ? await program.ask('POST', '/api/v1/views', { name, search: { q: '', period: '90d' } }, { 'idempotency-key': name }) : await program.ask('GET', '/api/v1/inventory?q=&period=90d&limit=5');
      answers.push(answer.status);
      await wait(30);
    }
  };
  const askers = Promise.all([keepAsking(), keepAsking(), keepAsking()]);
  askers.catch(() => undefined);
  for (const index of [0, 1] as const) {
    const node = site.nodes[index];
    node.signal('SIGTERM');
    await until('the node is not ready any more', () => fetch(`${node.url}/readyz`).then((answer) => answer.status === 503));
    expect((await fetch(`${node.url}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
    expect(await node.exited).toBe(0);
    const next = await site.again(index);
    program.nodes.clear();
    await until('the new node is asked', () => Promise.resolve(program.nodes.has(new URL(next.url).host)));
  }
  site.worker.signal('SIGTERM');
  expect(await site.worker.exited).toBe(0);
  stop.abort();
  await askers;
  expect(new Set(answers)).toEqual(new Set([200, 201]));
  const { items } = await program.get(z.object({ items: z.array(z.object({ name: z.string() })) }), 'GET', '/api/v1/views');
  const mine = items.map((item) => item.name).filter((name) => name.startsWith('view '));
  expect(mine.length).toBe(views);
  expect(new Set(mine).size).toBe(views);
});
