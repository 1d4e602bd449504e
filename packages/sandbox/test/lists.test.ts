import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../src/index.ts';
import type { Sandbox } from '../src/index.ts';
import { accountIds, at, call, items, paths } from './client.ts';
import type { Reply } from './client.ts';

let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ users: 450, seed: 4, now: '2026-11-22T09:00:00Z', clock: 'frozen' }); });
afterAll(() => sandbox.close());

const search = (body: unknown): Promise<Reply> => call(sandbox, 'POST', `${paths(sandbox).directory}/users/search`, { body });

async function everyone(body: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor: unknown;
  do {
    const page = await search({ ...body, limit: 100, ...(typeof cursor === 'string' ? { cursor } : {}) });
    found.push(...accountIds(page));
    cursor = at(page.json, 'links', 'next');
  } while (typeof cursor === 'string');
  return found;
}

describe('pagination', () => {
  it('a search of pages is the whole list, each account once', async () => {
    const found = await everyone({});
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBe(450);
  });

  it('defaults to 50 in a POST search and 20 in a GET list, at most 100', async () => {
    expect(items(await search({}))).toHaveLength(50);
    expect(items(await search({ limit: 500 }))).toHaveLength(100);
    const { directory } = paths(sandbox);
    const list = await call(sandbox, 'GET', `${directory}/users`);
    expect(items(list)).toHaveLength(20);
    expect((await call(sandbox, 'GET', `${directory}/users?limit=101`)).status).toBe(400);
    const next = String(at(list.json, 'links', 'next'));
    expect(next).not.toContain('http');
    const second = await call(sandbox, 'GET', `${directory}/users?cursor=${next}`);
    expect(accountIds(second)[0]).not.toBe(accountIds(list)[0]);
  });

  it('refuses a cursor that is none, or of another list', async () => {
    const bad = await search({ cursor: 'nonsense' });
    expect([bad.status, at(bad.json, 'errors', 0, 'code')]).toEqual([400, 'ADMIN-400-1']);
    const groups = await call(sandbox, 'POST', `${paths(sandbox).directory}/groups/search`, { body: { limit: 1 } });
    expect((await search({ cursor: at(groups.json, 'links', 'next') })).status).toBe(400);
  });

  it('v1 links are full URLs and a last page has none', async () => {
    const first = await call(sandbox, 'GET', `${paths(sandbox).v1}/users`);
    const next = String(at(first.json, 'links', 'next'));
    expect(next.startsWith(`${sandbox.adminBaseUrl}/v1/orgs/`)).toBe(true);
    const total = Number(at(first.json, 'meta', 'total'));
    let seen = items(first).length;
    for (let link: unknown = next; typeof link === 'string';) {
      const page = await call(sandbox, 'GET', link.slice(sandbox.url.length));
      seen += items(page).length;
      link = at(page.json, 'links', 'next');
    }
    expect(seen).toBe(total);
  });

  it('workspaces accept a cursor only alone', async () => {
    const path = `${paths(sandbox).v2}/workspaces`;
    const first = await call(sandbox, 'POST', path, { body: { limit: 2 } });
    const cursor = at(first.json, 'links', 'next');
    expect((await call(sandbox, 'POST', path, { body: { limit: 2, cursor } })).status).toBe(400);
    const second = await call(sandbox, 'POST', path, { body: { cursor } });
    expect(at(second.json, 'data', 0, 'id')).not.toBe(at(first.json, 'data', 0, 'id'));
    const some = await call(sandbox, 'POST', path, { body: { query: { and: [{ field: { name: 'attributes.type', values: ['confluence'] } }] } } });
    expect(items(some).map((item) => at(item, 'attributes', 'hostUrl'))).toEqual(['https://acme.atlassian.net', 'https://acme-labs.atlassian.net']);
  });
});

describe('filters and expands agree with what is true', () => {
  it('status, claim, groups, resources, addresses, text', async () => {
    const truth = [...sandbox.truth.accounts()];
    const expectSame = async (body: Readonly<Record<string, unknown>>, test: (account: (typeof truth)[number]) => boolean): Promise<void> => {
      const wanted = truth.filter(test).map((account) => account.accountId);
      expect(wanted.length).toBeGreaterThan(0);
      expect(await everyone(body)).toEqual(wanted);
    };
    await expectSame({ status: ['suspended', 'deactivated'] }, (account) => account.status === 'suspended' || account.status === 'deactivated');
    await expectSame({ claimStatus: 'unmanaged' }, (account) => !account.managed);
    const group = sandbox.world.groups.find((candidate) => candidate.name === 'jira-users-acme');
    await expectSame({ groupIds: [group?.id] }, (account) => account.groups.some((held) => held.id === group?.id));
    const confluence = sandbox.organisation.resources.find((resource) => resource.app.key === 'confluence')?.ari ?? '';
    await expectSame({ resourceIds: [confluence], roleIds: ['atlassian/user'] }, (account) => account.access.some((access) => access.resourceId === confluence && access.paths.some((path) => path.role === 'atlassian/user')));
    const someone = truth.find((account) => account.email !== undefined);
    await expectSame({ emails: [someone?.email?.toUpperCase()] }, (account) => account === someone);
    await expectSame({ searchTerm: 'MÜLLER' }, (account) => /müller/i.test(`${account.name} ${account.email ?? ''}`));
    const count = await call(sandbox, 'GET', `${paths(sandbox).directory}/users/count?status=suspended`);
    expect(at(count.json, 'count')).toBe(truth.filter((account) => account.status === 'suspended').length);
  });

  it('productAccess, groups and last-active-dates tell the same times as the world', async () => {
    const page = await search({ limit: 100, expand: ['productAccess', 'groups', 'platformRoles', 'counts.resources'] });
    for (const user of items(page)) {
      const account = sandbox.truth.account(String(at(user, 'accountId')));
      const used = account?.access.filter((access) => access.hasAccess && access.lastActive !== null) ?? [];
      expect(at(user, 'productAccess')).toMatchObject(used.map((access) => ({ id: access.resourceId, lastActiveTimestamp: access.lastActive })));
      expect(at(user, 'groups')).toMatchObject(account?.groups.map(({ id, name }) => ({ id, name })) ?? []);
      expect(at(user, 'platformRoles')).toEqual(account?.platformRoles);
    }
    const somebody = [...sandbox.truth.accounts()].find((account) => account.access.some((access) => access.lastActive !== null && access.hasAccess));
    const single = await call(sandbox, 'GET', `${paths(sandbox).v1}/directory/users/${somebody?.accountId ?? ''}/last-active-dates`);
    expect(at(single.json, 'data', 'product_access')).toMatchObject((somebody?.access ?? []).filter((access) => access.hasAccess && access.lastActive !== null).map((access) => ({ id: access.resourceId, last_active_timestamp: access.lastActive })));
  });

  it('role assignments name direct and group paths apart', async () => {
    const both = [...sandbox.truth.accounts()].find((account) => account.access.some((access) => access.paths.some((path) => path.kind === 'direct') && access.paths.some((path) => path.kind === 'group' && path.role === 'atlassian/user')));
    const reply = await call(sandbox, 'GET', `${paths(sandbox).everywhere}/users/${both?.accountId ?? ''}/role-assignments`);
    expect(JSON.stringify(reply.json)).toMatch(/\["direct","group_direct"\]|\["group_direct","direct"\]/);
  });

  it('the expands can be switched off, and without a verified domain nobody is managed', async () => {
    const poor = await startSandbox({ users: 30, expandProductAccess: false, expandGroups: false, verifiedDomain: false });
    try {
      const page = await call(poor, 'POST', `${paths(poor).directory}/users/search`, { body: { expand: ['productAccess', 'groups'] } });
      expect(items(page).some((user) => at(user, 'productAccess') !== undefined || at(user, 'groups') !== undefined)).toBe(false);
      expect((await call(poor, 'GET', `${paths(poor).v1}/users`)).json).toEqual({ data: [] });
    } finally {
      await poor.close();
    }
  });
});
