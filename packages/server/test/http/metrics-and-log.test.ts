import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient, routes } from '@rollcall/contract';
import { startSandbox } from '@rollcall/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { createLog } from '../../src/app/log.ts';
import { startServer } from '../../src/app/serve.ts';
import { testDatabase } from '../support/database.ts';

/** All nodes of one database have the same. */
const secretKey = randomBytes(32).toString('hex');

/** The vendor refuses a person with words that quote everything there is to quote. */
const planted = { name: 'Zebulon Quillfeather', email: 'zebulon.quillfeather@planted.example.com', key: 'ATATT-planted-key-0123456789abcdef', word: 'xylograph' };
const words = JSON.stringify({ message: `${planted.name} <${planted.email}> is not to be touched`, code: 'NOT_TO_BE_TOUCHED' });

const lines: string[] = [];
const log = createLog('info', (line) => void lines.push(line));
const open = async () => {
  await using cleanUp = new AsyncDisposableStack();
  const database = await testDatabase();
  cleanUp.defer(() => database.drop());
  const folder = await mkdtemp('/tmp/rollcall-metrics-');
  cleanUp.defer(() => rm(folder, { recursive: true }));
  const sandbox = await startSandbox({ users: 120, seed: 5, rateLimits: { lastActiveDates: null } });
  cleanUp.defer(() => sandbox.close());
  const server = await startServer(loadConfig({ DATABASE_URL: database.connectionString, ROLLCALL_DATA: folder, ROLLCALL_PORT: '0', ROLLCALL_SECRET_KEY: secretKey }), { log, webFolder: null, runTiming: { requestTimeoutMs: 100, consistencyMs: 100, verifyAfterMs: [0, 100, 300], peopleAtOnce: { first: 3, most: 3 } } });
  cleanUp.defer(() => server.close());
  const client = createClient({ baseUrl: server.url, headers: () => ({ authorization: `Bearer ${server.localToken}` }) });
  return { database, folder, sandbox, server, client, end: cleanUp.move() };
};
let node: Awaited<ReturnType<typeof open>>;
let runId: string;
let syncId: string;
let sourceId: string;

const until = async <T>(read: () => Promise<T>, over: (value: T) => boolean): Promise<T> => {
  for (;;) {
    const value = await read();
    if (over(value)) return value;
    await wait(100);
  }
};
const raw = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(`${node.server.url}${path}`, { method, headers: { authorization: `Bearer ${node.server.localToken}`, 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { body }) });

beforeAll(async () => {
  node = await open();
  const { client, sandbox } = node;
  await client.call(routes.session.changeSettings, { body: { caps: { people: 10_000, percent: 100 } } });
  const source = await client.call(routes.sources.create, { body: { kind: 'atlassian-org', name: 'Acme', organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: sandbox.keys.full, keyOwner: sandbox.keyOwnerAccountId, syncEveryMinutes: null } });
  sourceId = source.id;
  sandbox.faults.add({ operation: '*', times: 1, effect: { kind: 'status', status: 500, body: { text: words } } });
  syncId = (await client.call(routes.sources.sync, { params: { sourceId } })).id;
  await until(() => client.call(routes.sources.getSync, { params: { syncId } }), ({ state }) => state === 'done');
  const ordered = await client.call(routes.plans.create, { body: { sourceId, action: 'remove-app-access', selection: { kind: 'query', q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' }, note: planted.name } });
  const plan = await until(() => client.call(routes.plans.get, { params: { planId: ordered.id } }), ({ state }) => state !== 'building');
  // Every third request of the run is refused with the vendor's words.
  for (let skip = 2; skip < 60; skip += 3) sandbox.faults.add({ operation: '*', skip, times: 1, effect: { kind: 'status', status: 400, body: { text: words } } });
  runId = (await client.call(routes.plans.apply, { params: { planId: plan.id }, body: { digest: plan.digest ?? '', sourceName: plan.sourceName, people: plan.typeBack, pilot: null } })).id;
  await until(() => client.call(routes.runs.get, { params: { runId } }), ({ state }) => state !== 'queued' && state !== 'running');
  sandbox.faults.clear();
  await failingRequests();
  await failingImport();
}, 180_000);
afterAll(() => node.end.disposeAsync());

async function failingRequests(): Promise<void> {
  const { sandbox } = node;
  for (const path of [`/api/v1/inventory?q=${encodeURIComponent(`email = "${planted.email}"`)}`, `/api/v1/inventory?q=${encodeURIComponent(`name ~ "${planted.name}" AND (`)}`, `/api/v1/${planted.word}/${planted.email}`, `/${planted.email}`]) await raw('GET', path);
  await raw('POST', '/api/v1/people', JSON.stringify({ email: planted.email, name: planted.name, role: 'king' }));
  await raw('POST', '/api/v1/people', `{"email": "${planted.email}", "name": "${planted.name}`);
  await raw('POST', '/api/v1/exemptions', JSON.stringify({ kind: 'account', subject: planted.email, reason: planted.name }));
  await raw('POST', '/api/auth/sign-in/email', JSON.stringify({ email: planted.email, password: planted.key }));
  await raw('GET', '/api/v1/me', undefined, { authorization: `Bearer ${planted.key}` });
  const tryKey = JSON.stringify({ kind: 'atlassian-org', organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: planted.key });
  await raw('POST', '/api/v1/sources/test', tryKey);
  sandbox.faults.add({ operation: '*', times: 1000, effect: { kind: 'status', status: 500, body: { text: words } } });
  await raw('POST', `/api/v1/sources/${sourceId}/test`);
  sandbox.faults.clear();
  // The database itself quotes a value: what no check before it caught.
  await node.database.pool.query("create function planted() returns trigger language plpgsql as $$ begin raise exception 'no % here', new.name; end $$");
  await node.database.pool.query('create trigger planted before insert on saved_view for each row execute function planted()');
  await raw('POST', '/api/v1/views', JSON.stringify({ name: planted.name, search: { q: '', period: '90d', columns: [] }, shared: true }));
}

async function failingImport(): Promise<void> {
  const { client } = node;
  const file = `User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\nz1,${planted.name},${planted.email},Active,not a date ${planted.name},"User\n`;
  const made = await client.call(routes.uploads.create, { body: { fileName: `${planted.name}.csv` } });
  await client.call(routes.uploads.send, { params: { uploadId: made.id } }, { bytes: file }).catch(() => undefined);
  const upload = await until(() => client.call(routes.uploads.get, { params: { uploadId: made.id } }), ({ state }) => state === 'ready' || state === 'refused');
  if (upload.state === 'ready') await raw('POST', `/api/v1/uploads/${made.id}/take`, JSON.stringify({ as: { kind: 'newSource', name: planted.name }, exportedOn: '2026-11-01' }));
}

it('logs what happened, with the ids of the work, and nothing of anybody', () => {
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(logged.some((line) => line['operation'] !== undefined && line['syncId'] === syncId && line['sourceId'] === sourceId)).toBe(true);
  expect(logged.some((line) => line['operation'] !== undefined && line['runId'] === runId && typeof line['itemId'] === 'number' && line['sourceId'] === sourceId)).toBe(true);
  expect(logged.some((line) => line['message'] === 'request' && typeof line['requestId'] === 'string')).toBe(true);
  const failed = logged.find((line) => line['message'] === 'Request failed' && JSON.stringify(line).includes('P0001'));
  expect(failed).toBeDefined();
  expect(logged.some((line) => line['operation'] !== undefined && typeof line['requestId'] === 'string')).toBe(true);
  const text = lines.join('');
  const people = [...node.sandbox.truth.accounts()].flatMap((account) => [account.email, account.name, account.accountId]).filter((one): one is string => typeof one === 'string' && one.length > 5);
  expect(people.length).toBeGreaterThan(200);
  const seen = [...people, ...Object.values(planted), 'Zebulon', 'Quillfeather', node.sandbox.keys.full, node.server.localToken].filter((secret) => text.includes(secret));
  expect(seen).toEqual([]);
});

it('shows its figures without naming anybody', async () => {
  // A sync is done before its job is: the queue hears of it a moment later.
  const activeSyncs = async () => /^rollcall_jobs\{queue="sync",state="active"\} (\d+)$/mu.exec(await (await fetch(`${node.server.url}/metrics`)).text())?.[1];
  await expect.poll(activeSyncs, { timeout: 30_000 }).toBe('0');
  const answer = await fetch(`${node.server.url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  const value = (series: string): number => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ').at(-1));
  const run = await node.client.call(routes.runs.get, { params: { runId } });
  // What the run log says and what was counted are the same.
  const counted = (outcome: string): number => text.split('\n').filter((line) => line.startsWith(`rollcall_run_items_total{outcome="${outcome}"`)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  expect(run.totals.verified + run.totals.failed).toBeGreaterThan(0);
  for (const outcome of ['verified', 'failed', 'skipped'] as const) expect([outcome, counted(outcome)]).toEqual([outcome, run.totals[outcome]]);
  expect(value('rollcall_database_up')).toBe(1);
  expect(value(`rollcall_runs{state="${run.state}"}`)).toBe(1);
  expect(value('rollcall_plans{state="applied"}')).toBe(1);
  expect(value('rollcall_sources{kind="atlassian-org",last_sync="done"}')).toBe(1);
  expect(value('rollcall_source_data_age_seconds{kind="atlassian-org"}')).toBeGreaterThan(0);
  expect(value('rollcall_audit_head_sequence{workspace="1"}')).toBeGreaterThan(5);
  expect(value('rollcall_http_request_duration_seconds_count{route="/api/v1/runs/:runId",method="GET",status="200"}')).toBeGreaterThan(0);
  expect(value('rollcall_http_requests_in_work{kind="light"}')).toBe(0);
  expect(value('rollcall_database_connection_waiters{pool="api"}')).toBe(0);
  expect(value('rollcall_oldest_unfinished_seconds{work="run"}')).toBe(0);
  expect(text).toMatch(/rollcall_vendor_requests_total\{operation="[a-zA-Z.]+",outcome="ok"\} \d/u);
  expect(text).toMatch(/rollcall_vendor_budget_left_ratio\{group="[a-zA-Z.]+"\} [01]/u);
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  expect([...Object.values(planted), 'Acme', node.sandbox.orgId, sourceId, runId].filter((secret) => text.includes(secret))).toEqual([]);
  // However many requests there were to however many addresses: one series a route.
  expect(text.split('\n').filter((line) => line.includes('_count{route="other"')).length).toBeLessThanOrEqual(2);
});

it('has every metric that the guide speaks of, and the guide every one of ours', async () => {
  const text = await (await fetch(`${node.server.url}/metrics`)).text();
  const known = new Set([...text.matchAll(/^# TYPE (?<name>rollcall_\w+)/gmu)].map((match) => match.groups?.['name'] ?? ''));
  expect(known.size).toBeGreaterThan(20);
  for (const page of ['operations.md', 'ja/operations.md']) {
    const guide = await readFile(new URL(`../../../../docs/guide/${page}`, import.meta.url), 'utf8');
    const named = new Set([...guide.matchAll(/rollcall_[a-z_]+/gu)].map(([name]) => name.replace(/_(?:bucket|count|sum)$/u, '')));
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
    // Written there as `…_waiting` and the like, after the name whose beginning they share.
    expect([...known].filter((name) => !named.has(name) && !guide.includes(`…${name.slice(name.lastIndexOf('_requests') + '_requests'.length)}`))).toEqual(['rollcall_build_info']);
  }
});

it('gives the figures to this machine only, or to whoever has the token', async () => {
  const ask = (headers: Record<string, string>, url = node.server.url): Promise<number | undefined> => new Promise((resolve, reject) => {
    request(`${url}/metrics`, { headers }, (got) => { got.resume(); resolve(got.statusCode); }).on('error', reject).end();
  });
  expect(await ask({})).toBe(200);
  expect(await ask({ 'x-forwarded-for': '203.0.113.7' })).toBe(403);
  const token = 'a-token-for-the-scraper';
  const settings = { DATABASE_URL: node.database.connectionString, ROLLCALL_DATA: node.folder, ROLLCALL_PORT: '0', ROLLCALL_SECRET_KEY: secretKey, ROLLCALL_ROLE: 'worker' };
  await node.database.db.deleteFrom('source_secret').execute();
  for (const [more, without, withToken] of [[{ ROLLCALL_PUBLIC_URL: 'https://rollcall.example.com' }, 403, 403], [{ ROLLCALL_METRICS_TOKEN: token }, 401, 200]] as const) {
    const other = await startServer(loadConfig({ ...settings, ...more }), { log, webFolder: null });
    expect(await ask({}, other.url)).toBe(without);
    expect(await ask({ authorization: `Bearer ${token}` }, other.url)).toBe(withToken);
    expect(await ask({ authorization: `Bearer ${token}x` }, other.url)).not.toBe(200);
    await other.close();
  }
});
