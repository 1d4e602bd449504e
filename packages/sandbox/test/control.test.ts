import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../src/index.ts';
import type { Sandbox } from '../src/index.ts';
import { at, call, paths } from './client.ts';

let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ users: 60, seed: 2, clock: 'frozen', now: '2026-11-22T09:00:00Z' }); });
afterAll(() => sandbox.close());

const control = (method: string, path: string, body?: unknown): ReturnType<typeof call> => call(sandbox, method, `/_sandbox/${path}`, { key: 'none', ...(body === undefined ? {} : { body }) });

describe('the control plane', () => {
  it('tells the truth about an account and changes it', async () => {
    const account = [...sandbox.truth.accounts()].find((candidate) => candidate.access.some((access) => access.hasAccess) && candidate.kind === 'person');
    const id = account?.accountId ?? '';
    const resourceId = account?.access.find((access) => access.hasAccess)?.resourceId ?? '';
    expect((await control('GET', `users/${id}`)).json).toEqual(JSON.parse(JSON.stringify(account)));
    expect((await control('POST', 'mutate', { kind: 'makeActive', accountId: id, resourceId })).json).toEqual({ changed: true });
    expect(sandbox.truth.account(id)?.access.find((access) => access.resourceId === resourceId)?.lastActive).toBe('2026-11-22T09:00:00.000Z');
    expect((await control('POST', 'mutate', { kind: 'suspend', accountId: id })).json).toEqual({ changed: true });
    expect((await control('POST', 'mutate', { kind: 'suspend', accountId: id })).json).toEqual({ changed: false });
    expect((await control('POST', 'mutate', { kind: 'suspend', accountId: 'nobody' })).status).toBe(404);
    const journal = (await control('GET', `journal?type=effect&actor=control&accountId=${id}`)).json;
    expect(Array.isArray(journal) && journal.map((entry) => at(entry, 'effect'))).toEqual(['activityRecorded', 'accessSuspended']);
  });

  it('sets faults and the clock, revokes keys, counts', async () => {
    const added = await control('POST', 'faults', { operation: 'orgs.list', effect: { kind: 'status', status: 500 } });
    expect(added.status).toBe(201);
    expect((await call(sandbox, 'GET', '/admin/v1/orgs')).status).toBe(500);
    expect((await control('GET', 'faults')).json).toMatchObject([{ struck: 1, seen: 1 }]);
    expect((await control('DELETE', 'faults')).json).toEqual([]);
    expect((await control('POST', 'faults', { effect: {} })).status).toBe(400);
    expect((await control('POST', 'clock', { advanceMs: 60_000 })).json).toEqual({ now: '2026-11-22T09:01:00.000Z' });
    await control('POST', 'keys/spare/revoke');
    expect((await call(sandbox, 'GET', '/admin/v1/orgs', { key: 'spare' })).status).toBe(401);
    expect(at((await control('GET', 'stats')).json, 'accounts')).toBe(60);
    expect(at((await control('GET', 'info')).json, 'keys', 'full')).toBe(sandbox.keys.full);
    expect((await control('GET', 'nothing')).status).toBe(404);
  });

  it('a new activity can stay invisible for a day', async () => {
    const late = await startSandbox({ users: 60, seed: 2, clock: 'frozen', activityDelayMs: 86_400_000 });
    try {
      const account = [...late.truth.accounts()].find((candidate) => candidate.access.some((access) => access.hasAccess && access.lastActive !== null));
      const access = account?.access.find((candidate) => candidate.hasAccess && candidate.lastActive !== null);
      late.mutate({ kind: 'makeActive', accountId: account?.accountId ?? '', resourceId: access?.resourceId ?? '' });
      const read = async (): Promise<string> => (await call(late, 'GET', `${paths(late).v1}/directory/users/${account?.accountId ?? ''}/last-active-dates`)).text;
      expect(await read()).toContain(access?.lastActive ?? '-');
      late.clock.advance(86_400_000);
      expect(await read()).not.toContain(access?.lastActive ?? '-');
    } finally {
      await late.close();
    }
  });
});

describe('as a process', () => {
  it('prints one line with address and keys, and ends on SIGTERM', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url)), '--users', '20', '--seed', '3', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const first: unknown = (await once(lines, 'line'))[0];
    const info: unknown = JSON.parse(String(first));
    const reply = await fetch(`${String(at(info, 'adminBaseUrl'))}/v1/orgs`, { headers: { authorization: `Bearer ${String(at(info, 'keys', 'full'))}` } });
    expect(at(await reply.json(), 'data', 0, 'id')).toBe(at(info, 'orgId'));
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 30_000);
});
