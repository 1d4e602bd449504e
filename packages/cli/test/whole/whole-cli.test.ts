import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox, TrueAccount } from '@rollcall/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, cliUntil, expectDone } from '../support/start-cli.ts';
import type { CliEnd } from '../support/start-cli.ts';

const minute = 60_000;
let folder = '';
let sandbox: Sandbox;
let server: Awaited<ReturnType<typeof cliUntil>>;
let environment: Record<string, string>;

async function rollcall(...args: readonly string[]): Promise<CliEnd> {
  return cli(args, environment);
}

async function json<T>(...args: readonly string[]): Promise<T> {
  const end = await rollcall(...args, '--json');
  expectDone(end);
  return JSON.parse(end.out) as T;
}

/** Judged from the sandbox's own world, by nothing of Rollcall. */
function doesNotUseJira(account: TrueAccount, from: string): boolean {
  const jira = account.access.find(({ app, site }) => app === 'jira' && site === 'acme');
  return account.status === 'active' && account.accountType === 'atlassian' && account.addedToOrg.slice(0, 10) < from && jira?.hasAccess === true && jira.lastActive !== null && jira.lastActive.slice(0, 10) < from;
}

/** A port that nobody listened on a moment ago: another Rollcall of this machine must not be taken for ours. */
async function unusedPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => { probe.once('listening', resolve); });
  const address = probe.address();
  await new Promise((resolve) => { probe.close(resolve); });
  return typeof address === 'object' && address !== null ? address.port : 0;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollcall-cli-'));
  // PostgreSQL runs as another user when we are root.
  await chmod(folder, 0o711);
  environment = { ROLLCALL_DATA: path.join(folder, 'data'), ROLLCALL_PORT: String(await unusedPort()), ROLLCALL_LOG_LEVEL: 'error' };
  sandbox = await startSandbox({ users: 200, neverActive: 'nullTimestamp' });
  server = await cliUntil(['serve', '--port', environment['ROLLCALL_PORT'] ?? ''], environment, 'ready at');
}, 2 * minute);

afterAll(async () => {
  await server.stop();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}, minute);

describe('the command line against a real server', { timeout: 3 * minute }, () => {
  it('prints where it serves and the link of the first administrator', () => {
    expect(server.texts.out).toMatch(/Rollcall is ready at http:\/\/127\.0\.0\.1:\d+\n[^\n]+\n {2}http:\/\/\S+\/setup\?token=rcs_/);
  });

  it('says what a key cannot do, and adds a source with a key from standard input', async () => {
    const expired = await cli(['source', 'add', '--name', 'Acme', '--base-url', sandbox.url, '--organisation', sandbox.orgId, '--api-key-file', '-'], environment, sandbox.keys.expired);
    expect(expired.code).toBe(1);
    expect(expired.err).toContain('The key cannot be used');
    const added = await cli(['source', 'add', '--name', 'Acme', '--base-url', sandbox.url, '--api-key-file', '-', '--key-owner', sandbox.keyOwnerAccountId, '--json'], environment, `${sandbox.keys.full}\n`);
    expectDone(added);
    expect(added.out + added.err).not.toContain(sandbox.keys.full);
    expect(JSON.parse(added.out)).toMatchObject({ name: 'Acme', hasKey: true, organisationId: sandbox.orgId });
  });

  it('syncs, in a pipe without a bar', async () => {
    const end = await rollcall('sync', 'acme');
    expectDone(end);
    expect(end.out).toMatch(/^Acme is read: 200 accounts/);
    expect(end.err.includes('\r') || end.err.includes('\u001B')).toBe(false);
  });

  it('counts as the sandbox does', async () => {
    const { period } = await json<{ period: { from: string } }>('inventory', '--limit', '1', '--period', '90d');
    const expected = [...sandbox.truth.accounts()].filter((account) => doesNotUseJira(account, period.from)).length;
    expect(expected).toBeGreaterThan(3);
    const counted = await rollcall('inventory', '--app', 'jira', '--site', 'acme', '--inactive', '--period', '90d', '--count');
    expect(counted.out).toBe(`${expected}\n`);
    const listed = await json<{ rows: { email: string | null }[]; more: boolean }>('inventory', '--app', 'jira', '--site', 'acme', '--inactive', '--period', '90d', '--all');
    expect(listed.rows).toHaveLength(expected);
    expect(listed.more).toBe(false);
  });

  it('exports what is shown', async () => {
    const csv = await rollcall('inventory', '--app', 'jira', '--inactive', '--format', 'csv', '--columns', 'name,email');
    expect(csv.out.replace('\uFEFF', '').split(/\r?\n/)[0]).toBe('Name,E-mail');
    const file = path.join(folder, 'people.xlsx');
    expect(await rollcall('inventory', '--format', 'xlsx', '--output', file)).toMatchObject({ code: 0, out: '' });
    expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK');
  });

  let act = 0;
  it('makes a plan and refuses the wrong number and a cap', async () => {
    const capped = await rollcall('plan', 'remove-app-access', '--source', 'Acme', '--app', 'jira', '--site', 'acme', '--inactive', '--period', '90d', '--cap-people', '1');
    expect(capped).toMatchObject({ code: 3 });
    expect(await rollcall('apply', 'latest', '--yes')).toMatchObject({ code: 3 });
    await json('settings', 'set', 'caps.percent=100');
    const plan = await json<{ state: string; totals: { act: number } }>('plan', 'remove-app-access', '--app', 'jira', '--site', 'acme', '--inactive', '--period', '90d');
    expect(plan.state).toBe('ready');
    ({ act } = plan.totals);
    expect(act).toBeGreaterThan(1);
    const wrong = await rollcall('apply', 'latest', '--confirm', String(act + 1));
    expect(wrong).toMatchObject({ code: 3 });
    expect(wrong.err).toContain('Nothing was started');
    const unasked = await rollcall('apply', 'latest');
    expect(unasked).toMatchObject({ code: 2 });
    expect(sandbox.journal.effects()).toEqual([]);
  });

  it('applies a pilot, then the rest, and undoes it: once each, by the journal', async () => {
    const pilot = await rollcall('apply', 'latest', '--confirm', String(act), '--pilot', '1', '--yes');
    expectDone(pilot);
    expect(pilot.err).toContain('Acme');
    const touched = (effect: 'membershipRemoved' | 'membershipAdded'): string[] => sandbox.journal.effects({ effect }).map(({ accountId, groupId }) => `${accountId} ${groupId}`);
    expect(new Set(sandbox.journal.effects().map(({ accountId }) => accountId)).size).toBe(1);
    const rest = await rollcall('run', 'resume', 'latest');
    expectDone(rest);
    expect(rest.out).toContain('verified');
    const removed = touched('membershipRemoved');
    expect(new Set(removed).size).toBe(removed.length);
    expect(new Set(sandbox.journal.effects().map(({ accountId }) => accountId)).size).toBe(act);
    const undone = await rollcall('undo', 'latest', '--apply', '--confirm', String(act), '--yes');
    expectDone(undone);
    expect(touched('membershipAdded').toSorted()).toEqual(removed.toSorted());
  });

  it('selects by a file and reports lines that match nobody', async () => {
    const known = [...sandbox.truth.accounts()].find((account) => account.email !== undefined && account.status === 'active');
    const file = path.join(folder, 'list.csv');
    await writeFile(file, `email\n${known?.email?.toUpperCase() ?? ''}\nnobody@nowhere.example\n`);
    const end = await rollcall('plan', 'suspend-access', '--source', 'Acme', '--users', file, '--json');
    expectDone(end);
    expect(end.err).toContain('line 3: nobody@nowhere.example');
    expect(JSON.parse(end.out)).toMatchObject({ totals: { people: 1 } });
  });

  it('lets a token do what it may and nothing else', async () => {
    const token = (await rollcall('token', 'create', 'reader', '--scope', 'read', '--quiet')).out.trim();
    const url = (await json<{ server: string }>('status')).server;
    const withToken = { ...environment, ROLLCALL_DATA: path.join(folder, 'elsewhere'), ROLLCALL_URL: url, ROLLCALL_TOKEN: token };
    expect(await cli(['source', 'list'], withToken)).toMatchObject({ code: 0 });
    expect(await cli(['pause', 'because'], withToken)).toMatchObject({ code: 6 });
    expect(await cli(['source', 'list'], { ...withToken, ROLLCALL_TOKEN: 'rct_wrong' })).toMatchObject({ code: 6 });
  });

  it('exports an audit trail that verifies offline, until somebody touches it', async () => {
    const file = path.join(folder, 'audit.jsonl');
    expect(await rollcall('audit', 'export', '--output', file)).toMatchObject({ code: 0 });
    const offline = { ROLLCALL_URL: 'http://127.0.0.1:1' };
    expect(await cli(['audit', 'verify', file], offline)).toMatchObject({ code: 0 });
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, lines.filter((_, index) => index !== 3).join('\n'));
    const cut = await cli(['audit', 'verify', file], offline);
    expect(cut).toMatchObject({ code: 1 });
    expect(cut.out).toContain('Event 3 is missing');
  });

  it('stops in order, and then serves a command by itself', async () => {
    const end = await server.stop();
    expectDone(end);
    await expect(stat(path.join(environment['ROLLCALL_DATA'] ?? '', 'server-address'))).rejects.toThrow('ENOENT');
    expect(await json<{ name: string }[]>('source', 'list')).toMatchObject([{ name: 'Acme' }]);
    const doctor = await json<{ check: string; state: string }[]>('doctor');
    expect(doctor.filter(({ state }) => state === 'problem')).toEqual([]);
  });
});
