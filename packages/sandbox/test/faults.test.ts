import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../src/index.ts';
import type { FaultEffect, Sandbox } from '../src/index.ts';
import { accountIds, at, call, items, paths } from './client.ts';
import type { Reply } from './client.ts';

/** What fetch says when the connection ends early or nothing comes in time. */
const broken = /fetch failed|terminated|aborted|timeout/i;

let sandbox: Sandbox;
beforeEach(async () => { sandbox = await startSandbox({ users: 120, seed: 2 }); });
afterEach(() => sandbox.close());

const search = (body: Readonly<Record<string, unknown>> = {}, timeoutMs?: number): Promise<Reply> => call(sandbox, 'POST', `${paths(sandbox).directory}/users/search`, { body: { limit: 50, ...body }, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
const strike = (effect: FaultEffect, more: { readonly skip?: number; readonly times?: number } = {}): number => sandbox.faults.add({ operation: 'users.search', effect, ...more });

function member(): { readonly path: string; readonly accountId: string; readonly groupId: string } {
  const groupId = sandbox.world.groups.find((group) => group.name === 'jira-users-acme')?.id ?? '';
  const accountId = [...sandbox.truth.accounts()].find((account) => account.kind === 'person' && account.groups.some((group) => group.id === groupId))?.accountId ?? '';
  return { groupId, accountId, path: `${paths(sandbox).directory}/groups/${groupId}/memberships/${accountId}` };
}

describe('faults before the request is handled', () => {
  it('answer another status: JSON, HTML or nothing, with headers, at the chosen calls only', async () => {
    strike({ kind: 'status', status: 429, headers: { 'retry-after': '7' } }, { skip: 1, times: 2 });
    expect((await search()).status).toBe(200);
    const limited = await search();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await search()).status).toBe(429);
    expect((await search()).status).toBe(200);
    strike({ kind: 'status', status: 503, body: 'html' });
    const html = await search();
    expect([html.status, html.headers.get('content-type'), html.json]).toEqual([503, 'text/html', undefined]);
    strike({ kind: 'status', status: 500, body: 'empty' });
    expect((await search()).text).toBe('');
  });

  it('never answer, or close the connection, and do nothing', async () => {
    const { path, accountId } = member();
    sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'timeout' } });
    await expect(call(sandbox, 'DELETE', path, { timeoutMs: 200 })).rejects.toThrow(broken);
    sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'reset' } });
    await expect(call(sandbox, 'DELETE', path)).rejects.toThrow(broken);
    expect(sandbox.journal.effects()).toHaveLength(0);
    expect(sandbox.journal.requests({ accountId })).toHaveLength(2);
  });

  it('change the world in between', async () => {
    const { path, accountId, groupId } = member();
    sandbox.faults.add({ operation: 'memberships.remove', accountId, effect: { kind: 'makeOrgAdmin' } });
    sandbox.faults.add({ operation: 'memberships.remove', accountId: 'somebody else', effect: { kind: 'deleteUser' } });
    expect((await call(sandbox, 'DELETE', path)).status).toBe(204);
    expect(sandbox.truth.account(accountId)?.platformRoles).toContain('atlassian/org-admin');
    sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'deleteGroup' } });
    expect((await call(sandbox, 'DELETE', path)).status).toBe(404);
    expect(sandbox.world.groups.find((group) => group.id === groupId)?.deleted).toBe(true);
    sandbox.faults.add({ operation: 'users.get', effect: { kind: 'deleteUser' } });
    expect((await call(sandbox, 'GET', `${paths(sandbox).directory}/users/${accountId}`)).status).toBe(404);
  });

  it('revoke the key, or the administrator role it rests on, in the middle', async () => {
    strike({ kind: 'loseOrgAdmin' }, { skip: 1 });
    expect((await search()).status).toBe(200);
    expect(at((await search()).json, 'errors', 0, 'code')).toBe('ADMIN-403-3');
    expect((await search()).status).toBe(403);
    sandbox.faults.add({ operation: '*', effect: { kind: 'revokeKey' } });
    expect((await search()).status).toBe(401);
    expect((await search()).status).toBe(401);
  });
});

describe('faults after it took effect', () => {
  it.each(['reset', 'silence'] as const)('drop the answer by %s: the effect is there', async (how) => {
    const { path, accountId } = member();
    sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'dropAfterWrite', how } });
    await expect(call(sandbox, 'DELETE', path, { timeoutMs: 300 })).rejects.toThrow(broken);
    expect(sandbox.journal.effects({ accountId, effect: 'membershipRemoved' })).toHaveLength(1);
  });

  it('cut the body short, drip it, or send something else', async () => {
    strike({ kind: 'truncate', share: 0.5 });
    await expect(search()).rejects.toThrow(broken);
    strike({ kind: 'slowDrip', chunkBytes: 20_000, everyMs: 5 });
    expect(items(await search())).toHaveLength(50);
    strike({ kind: 'wrongJson', text: '{"data":{"surprise":true}}' });
    expect((await search()).json).toEqual({ data: { surprise: true } });
  });
});

describe('faults of pages', () => {
  const second = async (): Promise<{ readonly first: Reply; readonly next: Reply; readonly cursor: unknown }> => {
    const first = await search();
    const cursor = at(first.json, 'links', 'next');
    return { first, cursor, next: await search({ cursor }) };
  };

  it('repeat the cursor', async () => {
    strike({ kind: 'repeatCursor' }, { skip: 1 });
    const { next, cursor } = await second();
    expect(at(next.json, 'links', 'next')).toBe(cursor);
  });

  it('shift pages forwards (skips) and backwards (repeats)', async () => {
    const honest = await second();
    strike({ kind: 'shiftPages', by: 3 }, { skip: 1 });
    expect(accountIds((await second()).next)[0]).toBe(accountIds(honest.next)[3]);
    strike({ kind: 'shiftPages', by: -2 }, { skip: 1 });
    expect(accountIds((await second()).next)[0]).toBe(accountIds(honest.first)[48]);
  });

  it('show accounts twice, or an empty page after which the list goes on', async () => {
    strike({ kind: 'duplicates', count: 3 });
    expect(new Set(accountIds(await search())).size).toBe(50);
    strike({ kind: 'emptyPageWithCursor' });
    const empty = await search();
    expect(items(empty)).toHaveLength(0);
    const rest = await search({ cursor: at(empty.json, 'links', 'next') });
    expect(accountIds(rest)).toEqual(accountIds(await search()));
  });

  it('show 5 % of the accounts', async () => {
    strike({ kind: 'partialRead', share: 0.05 }, { times: Number.POSITIVE_INFINITY });
    const { first, next } = await second();
    expect([items(first).length, items(next).length]).toEqual([2, 2]);
  });
});
