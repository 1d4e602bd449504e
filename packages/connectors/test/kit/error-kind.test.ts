import { errorKindOf, parseReset, parseRetryAfter, readErrorBody } from '@rollcall/connectors/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const uam = (code: string, title = 'x') => ({ errors: [{ id: '65e99414', code, status: '404', title, detail: null }] });

// Envelopes and codes as facts and measurements of the vendor give them.
test.each([
  [401, { code: 401, message: 'Unauthorized' }, 'auth'],
  [401, { key: 'asapUnauthorizedIssuer' }, 'auth'],
  [403, { timestamp: 't', path: '/api', status: 403, error: 'Forbidden', requestId: 'r', message: 'no permission' }, 'forbidden'],
  [403, { code: 403, message: 'The required scope manage:org is missing' }, 'scope'],
  [403, uam('ADMIN-UAM-403-2'), 'forbidden'],
  [403, uam('ADMIN-403-7', 'cannot delete group granting admin access'), 'rejected'],
  [403, { key: 'forbidden.action', context: { allowed: false, reason: { key: 'externalDirectory.scim' } } }, 'managedByIdp'],
  [400, uam('ADMIN-UAM-400-1', 'The group is managed by an identity provider'), 'managedByIdp'],
  [403, uam('ADMIN-UAM-403-1', 'Group is externally synced and cannot be modified'), 'managedByIdp'],
  [400, uam('ADMIN-UAM-400-1', 'Organization admins cannot be suspended or restored'), 'rejected'],
  [400, uam('ADMIN-400-24', 'Invalid request body'), 'bug'],
  [400, uam('ADMIN-400-32', 'Too many license breaches'), 'quota'],
  [402, uam('ADMIN-UAM-402-1'), 'quota'],
  [404, uam('ADMIN-UAM-404-1', 'Unknown Resource'), 'notFound'],
  [404, { status: 404, error: 'Not Found', message: 'TCS validation failed' }, 'forbidden'],
  [405, uam('ADMIN-UAM-405-1'), 'unsupported'],
  [409, uam('ADMIN-UAM-409-2'), 'rejected'],
  [409, uam('ADMIN-UAM-409-3'), 'quota'],
  [409, uam('ADMIN-409-3'), 'quota'],
  [409, [{ code: 'x', message: 'has entitlements', link: null }], 'rejected'],
  [429, uam('ADMIN-429-1'), 'rateLimited'],
  [500, uam('ADMIN-500-1'), 'transient'],
  [503, null, 'transient'],
  [418, 'teapot', 'rejected'],
])('%i %j is %s', (status, body, kind) => {
  expect(errorKindOf(status, readErrorBody(body))).toBe(kind);
});

test('every envelope gives its words', () => {
  expect(readErrorBody(uam('ADMIN-UAM-404-1', 'Unknown Resource'))).toStrictEqual({ codes: ['ADMIN-UAM-404-1'], message: 'Unknown Resource' });
  expect(readErrorBody({ code: 429, message: 'Too many' })).toStrictEqual({ codes: ['429'], message: 'Too many' });
  expect(readErrorBody({ status: 404, error: 'Not Found', message: 'TCS validation failed' }).message).toBe('TCS validation failed');
  expect(readErrorBody({ key: 'forbidden', context: null })).toStrictEqual({ codes: ['forbidden'], message: 'forbidden' });
});

test('any JSON at all is read without a throw', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.integer({ min: 400, max: 599 }), (body, status) => {
    expect(typeof errorKindOf(status, readErrorBody(body))).toBe('string');
  }));
});

const now = new Date('2026-11-22T00:00:00Z');

test('Retry-After and the reset are within a day from now, or nothing', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.date({ noInvalidDate: true }).map((date) => date.toUTCString())), (text) => {
    for (const at of [parseRetryAfter(text, now), parseReset(text, now)]) {
      if (at === null) continue;
      expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime());
      expect(at.getTime()).toBeLessThanOrEqual(now.getTime() + 86_400_000);
    }
  }));
});

test.each([
  ['120', 120_000],
  ['Sun, 22 Nov 2026 00:01:00 GMT', 60_000],
  ['Sat, 21 Nov 2026 00:01:00 GMT', 0],
  ['1e3', null],
  ['-5', null],
  ['', null],
])('Retry-After %j', (text, expected) => {
  const at = parseRetryAfter(text, now);
  expect(at === null ? null : at.getTime() - now.getTime()).toBe(expected);
});

test.each([
  ['2026-11-22T00:00:30Z', 30_000],
  ['1795305630', 30_000],
  ['1795305630000', 30_000],
  ['15', 15_000],
  ['soon', null],
])('X-RateLimit-Reset %j', (text, expected) => {
  const at = parseReset(text, now);
  expect(at === null ? null : at.getTime() - now.getTime()).toBe(expected);
});
