import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations, startSandbox } from '../src/index.ts';
import type { Sandbox } from '../src/index.ts';
import { at, call, items, paths } from './client.ts';

let sandbox: Sandbox;
beforeAll(async () => { sandbox = await startSandbox({ users: 50, seed: 1, orgs: 3 }); });
afterAll(() => sandbox.close());

describe('keys', () => {
  it('none, an expired and a revoked key get the gateway form, a site token the bare key form', async () => {
    const missing = await call(sandbox, 'GET', '/admin/v1/orgs', { key: 'none' });
    expect([missing.status, at(missing.json, 'code')]).toEqual([401, 401]);
    const expired = await call(sandbox, 'GET', '/admin/v1/orgs', { key: 'expired' });
    expect([expired.status, at(expired.json, 'code')]).toEqual([401, 401]);
    const site = await call(sandbox, 'GET', '/admin/v1/orgs', { key: 'site' });
    expect([site.status, at(site.json, 'key')]).toEqual([401, 'asapUnauthorizedIssuer']);
    sandbox.revokeKey('spare');
    expect((await call(sandbox, 'GET', '/admin/v1/orgs', { key: 'spare' })).status).toBe(401);
  });

  it('a key sees its own organisations: one, the other, or several', async () => {
    expect(items(await call(sandbox, 'GET', '/admin/v1/orgs')).map((org) => at(org, 'id'))).toEqual([sandbox.orgId]);
    expect(items(await call(sandbox, 'GET', '/admin/v1/orgs', { key: 'otherOrg' })).map((org) => at(org, 'id'))).toEqual([sandbox.otherOrgId]);
    expect(items(await call(sandbox, 'GET', '/admin/v1/orgs', { key: 'several' }))).toHaveLength(3);
  });

  it('an unknown organisation is 404 and a foreign one 403, both in the routing form', async () => {
    const unknown = await call(sandbox, 'GET', '/admin/v2/orgs/x/directories');
    expect([unknown.status, at(unknown.json, 'status'), at(unknown.json, 'message')]).toEqual([404, 404, 'TCS validation failed']);
    const foreign = await call(sandbox, 'GET', paths(sandbox).v1, { key: 'otherOrg' });
    expect([foreign.status, at(foreign.json, 'message')]).toEqual([403, 'TCS validation failed']);
  });

  it('a scoped key sees an empty list of organisations, reads, and may neither write nor read activity', async () => {
    const { v1, directory } = paths(sandbox);
    expect((await call(sandbox, 'GET', '/admin/v1/orgs', { key: 'scoped' })).json).toMatchObject({ data: [] });
    expect((await call(sandbox, 'GET', v1, { key: 'scoped' })).status).toBe(200);
    expect((await call(sandbox, 'POST', `${directory}/users/search`, { key: 'scoped', body: {} })).status).toBe(200);
    const activity = await call(sandbox, 'GET', `${v1}/directory/users/${sandbox.keyOwnerAccountId}/last-active-dates`, { key: 'scoped' });
    expect([activity.status, at(activity.json, 'errors', 0, 'code'), at(activity.json, 'errors', 0, 'status')]).toEqual([403, 'ADMIN-403-3', '403']);
    const management = await call(sandbox, 'GET', `/users/${sandbox.keyOwnerAccountId}/manage`, { key: 'scoped' });
    expect(management.status).toBe(403);
    expect(management.text).toContain('manage:org');
  });

  it('a scoped key is refused by every write there is', async () => {
    const writes = operations.filter((operation) => operation.write);
    expect(writes.length).toBeGreaterThan(15);
    const before = sandbox.journal.effects().length;
    for (const operation of writes) {
      const path = operation.path.replace('{orgId}', sandbox.orgId).replace(/\{(accountId|userId)\}/, sandbox.keyOwnerAccountId).replaceAll(/\{\w+\}/g, 'x');
      const reply = await call(sandbox, operation.method, operation.family === 'management' ? path : `/admin${path}`, { key: 'scoped', body: {} });
      expect([operation.name, reply.status]).toEqual([operation.name, 403]);
    }
    expect(sandbox.journal.effects().length).toBe(before);
  });

  it('the user management API answers 401 in its own form', async () => {
    const reply = await call(sandbox, 'GET', `/users/${sandbox.keyOwnerAccountId}/manage`, { key: 'expired' });
    expect([reply.status, reply.json]).toEqual([401, { key: 'unauthorized' }]);
  });
});

describe('routing and bodies', () => {
  it('unknown paths, other methods and bad bodies have their own answers', async () => {
    expect((await call(sandbox, 'GET', '/admin/v9/orgs')).status).toBe(404);
    expect((await call(sandbox, 'PUT', '/admin/v1/orgs')).status).toBe(405);
    const { directory } = paths(sandbox);
    expect((await call(sandbox, 'POST', `${directory}/users/search`, { body: ['no', 'object'] })).status).toBe(400);
    expect((await call(sandbox, 'POST', `${directory}/users/search`, { body: { limit: 'ten' } })).status).toBe(400);
    const both = await call(sandbox, 'POST', `${directory}/users/search`, { body: { emails: ['a@b.example'], searchTerm: 'a' } });
    expect([both.status, at(both.json, 'errors', 0, 'code')]).toEqual([400, 'ADMIN-UAM-400-1']);
    const nobody = await call(sandbox, 'GET', `${directory}/users/712020:nobody`);
    expect([nobody.status, at(nobody.json, 'errors', 0, 'code')]).toEqual([404, 'ADMIN-UAM-404-1']);
  });
});

describe('rate limits', () => {
  it('activity answers 200 times a minute, then 429, and again when the virtual minute is over', async () => {
    const limited = await startSandbox({ users: 10, clock: 'frozen', rateLimits: { lastActiveDates: { limit: 3, windowMs: 60_000 } } });
    const path = `${paths(limited).v1}/directory/users/${limited.keyOwnerAccountId}/last-active-dates`;
    try {
      const statuses = [];
      for (let count = 0; count < 4; count += 1) statuses.push((await call(limited, 'GET', path)).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
      const refused = await call(limited, 'GET', path);
      expect(refused.headers.get('retry-after')).toBe('60');
      expect(at(refused.json, 'code')).toBe(429);
      limited.clock.advance(60_000);
      expect((await call(limited, 'GET', path)).status).toBe(200);
      expect(limited.limiter.stats()['lastActiveDates']).toEqual({ allowed: 4, refused: 2, mostInWindow: 3 });
    } finally {
      await limited.close();
    }
  });

  it.each([
    ['httpDate', 'retry-after', 'Sun, 22 Nov 2026 09:01:00 GMT'], ['rateLimitReset', 'x-ratelimit-reset', '2026-11-22T09:01:00.000Z'], ['none', 'retry-after', null],
  ] as const)('says when to come back in the style %s', async (retryAfterStyle, header, value) => {
    const limited = await startSandbox({ users: 10, clock: 'frozen', now: '2026-11-22T09:00:00Z', retryAfterStyle, rateLimits: { 'orgs.list': { limit: 0, windowMs: 60_000 } } });
    try {
      const refused = await call(limited, 'GET', '/admin/v1/orgs');
      expect([refused.status, refused.headers.get(header)]).toEqual([429, value]);
      expect(refused.headers.get('date')).toBe('Sun, 22 Nov 2026 09:00:00 GMT');
    } finally {
      await limited.close();
    }
  });
});
