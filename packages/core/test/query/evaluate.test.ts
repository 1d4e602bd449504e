import { describe, expect, it } from 'vitest';
import { absent, defaultUsageRules, evaluateQuery, explainQuery, known, matchedAccesses, namesAccesses, parseCivilDate, parseQuery, resolvePeriod, unread } from '../../src/index.ts';
import type { AccountFacts, CivilDate, Query, QueriedAccess, QueryContext } from '../../src/index.ts';

function day(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (date === null) throw new Error(text);
  return date;
}
function query(text: string): Query {
  const result = parseQuery(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.query;
}

const asOf = day('2026-11-22');
const context: QueryContext = { asOf, period: resolvePeriod({ kind: 'rolling', unit: 'days', count: 90 }, asOf), usageRules: defaultUsageRules };

function access(more: Partial<QueriedAccess> = {}): QueriedAccess {
  return {
    resourceId: 1, app: 'jira', site: 'acme', siteUrl: 'https://acme.atlassian.net', holding: 'has',
    lastActive: { kind: 'at', on: day('2026-06-01'), at: null }, knownThrough: day('2026-11-21'), clockStart: null, historyFrom: null, activeDays: [], grantedOn: null, ...more,
  };
}
function account(more: Partial<AccountFacts> = {}, accesses: readonly QueriedAccess[] = [access()]): AccountFacts {
  return {
    id: '5b10', name: known('Yamada 山田'), email: known('yamada@Partner.example'), domain: known('partner.example'), status: 'active', type: 'atlassian', managed: known(true),
    roles: [], groups: { items: ['Staff'], complete: true }, sources: ['Acme org'], added: known(day('2025-01-01')), protected: false, service: false, idp: known(false),
    accesses: { items: accesses, complete: true }, ...more,
  };
}
const value = (text: string, facts: AccountFacts) => evaluateQuery(query(text), facts, context);

describe('terms of the account', () => {
  it.each([
    ['email ~ "*@partner.example"', {}, true],
    ['email ~ "*@partner"', {}, false],
    ['name ~ 山田', {}, true],
    ['name = "YAMADA 山田"', {}, true],
    ['domain = Partner.Example', {}, true],
    ['group IN (vip, staff)', {}, true],
    ['NOT group IN (vip)', {}, true],
    ['NOT group IN (vip)', { groups: { items: ['Staff'], complete: false } }, 'unknown'],
    ['group = staff', { groups: { items: ['Staff'], complete: false } }, true],
    ['group IS EMPTY', { groups: { items: [], complete: false } }, 'unknown'],
    ['email IS EMPTY', { email: absent }, true],
    ['email IS EMPTY', { email: unread }, 'unknown'],
    ['hasEmail = false', { email: unread }, 'unknown'],
    ['email != a@b.example', { email: absent }, true],
    ['email != a@b.example', { email: unread }, 'unknown'],
    ['status = active', { status: 'unknown' }, 'unknown'],
    ['status != active', { status: 'unknown' }, 'unknown'],
    ['status = unknown', { status: 'unknown' }, true],
    ['managed = true', { managed: unread }, 'unknown'],
    ['added < 2026-01-01', {}, true],
    ['added < 2026-01-01', { added: unread }, 'unknown'],
    ['source = "acme ORG"', {}, true],
    ['id = 5B10', {}, false],
    ['role IS EMPTY', {}, true],
    ['', {}, true],
  ] as const)('%s of %j is %s', (text, more, expected) => {
    expect(value(text, account(more))).toBe(expected);
  });
});

describe('terms of an access', () => {
  const stale = { knownThrough: day('2026-11-01') };
  const never = { lastActive: { kind: 'never' } } as const;
  const unknown = { lastActive: { kind: 'unknown', why: 'noDate' } } as const;
  it.each([
    ['lastActive < -90d', {}, true],
    ['lastActive < -90d', stale, 'unknown'],
    ['lastActive < 2026-06-01', stale, false],
    ['lastActive <= 2026-06-01', stale, 'unknown'],
    ['lastActive >= 2026-06-01', stale, true],
    ['lastActive > 2026-06-01', stale, 'unknown'],
    ['lastActive > 2026-06-01', {}, false],
    ['lastActive = 2026-06-01', stale, 'unknown'],
    ['lastActive = 2026-05-01', stale, false],
    ['lastActive < -90d', never, false],
    ['lastActive < -90d', { ...never, ...stale }, 'unknown'],
    ['lastActive IS EMPTY', never, true],
    ['lastActive IS EMPTY', { ...never, ...stale }, 'unknown'],
    ['lastActive IS EMPTY', unknown, 'unknown'],
    ['lastActive IS NOT EMPTY', stale, true],
    ['lastActive < -90d', unknown, 'unknown'],
    ['lastActive < -90d', { holding: 'unknown' }, 'unknown'],
    ['app = jira', { holding: 'unknown' }, true],
    ['app = jira', { holding: 'none' }, false],
    ['no access(app = jira)', { holding: 'none' }, true],
    ['app = "Jira Software" AND site = acme.atlassian.net', {}, true],
    ['usage = inactive', {}, true],
    ['usage = inactive', stale, 'unknown'],
    ['usage = unknown', stale, true],
    ['usage != unknown', stale, false],
    ['usage != active', stale, 'unknown'],
    ['usage = inactive', { clockStart: day('2026-11-01') }, 'unknown'],
    ['lastActive < -90d', { clockStart: day('2026-11-01') }, true],
    ['usage = never', never, true],
    ['accessGranted > -30d', {}, 'unknown'],
    ['accessGranted > -30d', { grantedOn: day('2026-11-10') }, true],
  ] as const)('%s of %j is %s', (text, more, expected) => {
    expect(value(text, account({}, [access(more)]))).toBe(expected);
  });

  it('measures lastActive by the as-of date even when the period asked about is past', () => {
    const past = { ...context, period: resolvePeriod({ kind: 'range', from: day('2026-01-01'), to: day('2026-06-30') }, asOf) };
    const facts = account({}, [access({ knownThrough: day('2026-07-01') })]);
    expect(evaluateQuery(query('lastActive < -90d'), facts, past)).toBe('unknown');
  });
});

describe('several accesses', () => {
  const used = access({ resourceId: 2, app: 'confluence', lastActive: { kind: 'at', on: day('2026-11-20'), at: null } });
  const dark = access({ resourceId: 3, app: 'loom', lastActive: { kind: 'unknown', why: 'notGiven' } });

  it('binds the terms of one any access(…) to one access', () => {
    const facts = account({}, [access(), used]);
    expect(value('app = confluence AND usage = inactive', facts)).toBe(false);
    expect(value('app = confluence AND status = active AND usage = inactive', facts)).toBe(false);
    expect(value('any access(app = confluence) AND any access(usage = inactive)', facts)).toBe(true);
  });
  it('is three-valued in every, any and no', () => {
    const facts = account({}, [access(), dark]);
    expect(value('usage = inactive', facts)).toBe(true);
    expect(value('every access(usage = inactive)', facts)).toBe('unknown');
    expect(value('no access(usage = active)', facts)).toBe('unknown');
    expect(value('NOT usage = active', facts)).toBe('unknown');
    expect(value('every access(usage = never)', facts)).toBe(false);
  });
  it('does not call an account without access whose accesses were not read', () => {
    expect(value('no access()', account({}, []))).toBe(true);
    expect(value('no access()', account({ accesses: { items: [], complete: false } }))).toBe('unknown');
    expect(value('every access(app = jira)', account({ accesses: { items: [access()], complete: false } }))).toBe('unknown');
  });
  it('names the accesses a plan acts on, nothing else', () => {
    const facts = account({}, [access(), used, dark]);
    const matched = (text: string) => matchedAccesses(query(text), facts, context).map((one) => one.resourceId);
    expect(matched('usage = inactive')).toEqual([1]);
    expect(matched('app = jira OR app = confluence')).toEqual([1, 2]);
    expect(matched('(any access(app = jira) AND status = suspended) OR any access(app = confluence)')).toEqual([2]);
    expect(matched('NOT app = bitbucket AND usage = inactive')).toEqual([1]);
    expect(matched('status = active')).toEqual([1, 2, 3]);
    expect(matched('status = suspended')).toEqual([]);
    expect([namesAccesses(query('status = active')), namesAccesses(query('no access()')), namesAccesses(query('app = jira'))]).toEqual([false, false, true]);
  });
  it('explains each part', () => {
    const facts = account({}, [access(), dark]);
    const explained = explainQuery(query('usage = inactive AND status = active'), facts, context);
    expect(explained).toMatchObject({
      kind: 'and', value: true,
      parts: [
        { kind: 'access', value: true, complete: true, accesses: [
          { resourceId: 1, value: true, matched: true, because: { kind: 'term', reason: { code: 'usage', basis: 'lastActiveBeforePeriod' } } },
          { resourceId: 3, value: 'unknown', matched: false, because: { reason: { code: 'usage', basis: 'lastActiveUnknown' } } },
        ] },
        { kind: 'term', value: true, reason: { code: 'compared' } },
      ],
    });
  });
});
