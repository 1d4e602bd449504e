import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeQuery, fromFilters, parseQuery, printQuery, queryLimits, querySchema, toFilters } from '../../src/index.ts';
import type { Query } from '../../src/index.ts';
import { anyQuery } from './arbitrary-query.ts';

function parsed(text: string): Query {
  const result = parseQuery(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.message}`);
  return result.query;
}

function problem(text: string) {
  const result = parseQuery(text);
  if (result.ok) throw new Error(`${text} was read`);
  return { code: result.error.code, at: text.slice(result.error.from, result.error.to), message: result.error.message };
}

describe('the text face', () => {
  it('prints text that reads back to the same query', () => {
    fc.assert(fc.property(anyQuery, (query) => {
      expect(parsed(printQuery(query))).toEqual(query);
    }), { numRuns: 3000 });
  });

  it('has a JSON face that says the same', () => {
    fc.assert(fc.property(anyQuery, (query) => {
      expect(querySchema.parse(JSON.parse(JSON.stringify(query)))).toEqual(query);
    }), { numRuns: 1000 });
  });

  it.each([
    ['app = jira AND lastActive < -90d AND NOT group IN ("vip", "legal-hold")', 'app = jira AND lastActive < -90d AND NOT group IN (vip, legal-hold)'],
    ['USAGE = INACTIVE', 'usage = inactive'],
    ['email ~ "*@partner.example"', 'email ~ *@partner.example'],
    ['name ~ "山田"', 'name ~ 山田'],
    ['lastActive<-90d', 'lastActive < -90d'],
    ['groups is not empty or hasemail=FALSE', 'group IS NOT EMPTY OR hasEmail = false'],
    ['id not in (a,b)', 'id NOT IN (a, b)'],
    ['any access(app = jira)', 'app = jira'],
    ['no access ( )', 'no access()'],
    ['every access(usage = never OR NOT site = acme)', 'every access(usage = never OR NOT site = acme)'],
    ['any access(app = jira) AND any access(usage = never)', 'any access(app = jira) AND any access(usage = never)'],
    ['(status = active)', 'status = active'],
    ['  ', ''],
  ])('reads %s', (text, canonical) => {
    expect(printQuery(parsed(text))).toBe(canonical);
  });

  it('binds all bare access terms of one AND to one access, wherever they stand', () => {
    const one = parsed('any access(app = jira AND usage = inactive) AND status = active');
    expect(parsed('app = jira AND usage = inactive AND status = active')).toEqual(one);
    expect(parsed('app = jira AND status = active AND usage = inactive')).toEqual(one);
    expect(parsed('app = jira AND (usage = inactive OR usage = never) AND status = active'))
      .toEqual(parsed('any access(app = jira AND (usage = inactive OR usage = never)) AND status = active'));
    expect(parsed('NOT app = jira')).toEqual(parsed('NOT any access(app = jira)'));
  });

  it.each([
    ['app = ', 'unexpected', ''],
    ['app jira', 'unexpected', 'jira'],
    ['ap = jira', 'unknownField', 'ap'],
    ['app = jira AND', 'unexpected', ''],
    ['app = jira status = active', 'unexpected', 'status'],
    ['app < jira', 'operatorNotForField', '<'],
    ['usage = idle', 'badValue', 'idle'],
    ['lastActive < yesterday', 'badValue', 'yesterday'],
    ['lastActive < 2026-02-30', 'badValue', '2026-02-30'],
    ['name = "open', 'unterminatedString', '"open'],
    ['(app = jira', 'unexpected', ''],
    ['group IN ()', 'unexpected', ')'],
    ['any access(status = active)', 'accountTermInAccess', 'status'],
    ['any access(app = jira AND no access())', 'nestedAccess', 'no'],
    ['name ! x', 'unexpectedCharacter', '!'],
  ])('refuses %s', (text, code, at) => {
    expect(problem(text)).toMatchObject({ code, at });
  });

  it('says what was expected', () => {
    expect(problem('app = jira status').message).toContain('AND');
    expect(problem('usage = idle').message).toContain('active, lowUsage, inactive, never, unknown');
    expect(problem('app ').message).toContain('IN');
  });

  it('is bounded', () => {
    expect(problem('('.repeat(5000)).code).toBe('tooDeep');
    expect(problem('NOT '.repeat(4000)).code).toBe('tooDeep');
    expect(problem('x'.repeat(queryLimits.length + 1)).code).toBe('tooLong');
    expect(problem(Array.from({ length: 201 }, () => 'id = a').join(' OR ')).code).toBe('tooManyTerms');
    let deep: unknown = { kind: 'term', field: 'id', op: '=', values: ['a'] };
    for (let n = 0; n < 50_000; n += 1) deep = { kind: 'not', part: deep };
    expect(querySchema.safeParse({ version: 1, where: deep }).success).toBe(false);
  });

  it('never throws, whatever is typed', () => {
    const piece = fc.constantFrom('app', '=', 'jira', 'AND', 'OR', 'NOT', '(', ')', ',', 'IN', 'IS', 'EMPTY', 'any', 'access', '"', '-90d', '~', '!', '<', ' ', 'group', 'lastActive');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(piece).map((pieces) => pieces.join(' '))), fc.nat(60), (text, cursor) => {
      const result = parseQuery(text);
      if (!result.ok) expect(result.error.to).toBeLessThanOrEqual(text.length);
      const completion = completeQuery(text, Math.min(cursor, text.length), { values: () => ['one'] });
      expect(completion.from).toBeLessThanOrEqual(completion.to);
    }), { numRuns: 2000 });
  });
});

describe('the JSON face', () => {
  it.each([
    [{ version: 2, where: null }],
    [{ version: 1, where: { kind: 'term', field: 'app', op: '=', values: ['jira'] } }],
    [{ version: 1, where: { kind: 'access', quantifier: 'any', where: { kind: 'term', field: 'status', op: '=', values: ['active'] } } }],
    [{ version: 1, where: { kind: 'term', field: 'status', op: '=', values: ['dormant'] } }],
    [{ version: 1, where: { kind: 'term', field: 'status', op: '=', values: [] } }],
    [{ version: 1, where: { kind: 'and', parts: [] } }],
    [{ version: 1, where: null, more: 1 }],
  ])('refuses %j', (raw) => {
    expect(querySchema.safeParse(raw).success).toBe(false);
  });

  it('names the place and what would be right', () => {
    const result = querySchema.safeParse({ version: 1, where: { kind: 'and', parts: [{ kind: 'term', field: 'status', op: '=', values: ['dormant'] }] } });
    expect(result.error?.issues[0]).toMatchObject({ path: ['where', 'parts', 0, 'values', 0], message: expect.stringContaining('dormant') as string });
  });
});

describe('the builder', () => {
  it('shows what is a plain list of filters and gives it back', () => {
    const query = parsed('app = jira AND usage = inactive AND status = active AND group NOT IN (vip)');
    const filters = toFilters(query);
    expect(filters?.map((one) => one.field)).toEqual(['app', 'usage', 'status', 'group']);
    expect(fromFilters(filters ?? [])).toEqual(query);
    expect(toFilters(parsed('NOT group IN (vip)'))).toEqual(toFilters(parsed('group NOT IN (vip)')));
  });

  it('shows nothing where the query says more than a list', () => {
    for (const text of ['status = active OR app = jira', 'no access()', 'any access(app = jira) AND any access(app = confluence)', 'NOT added < -1y']) {
      expect(toFilters(parsed(text))).toBeNull();
    }
  });

  it('gives the same filters back', () => {
    fc.assert(fc.property(anyQuery, (query) => {
      const filters = toFilters(query);
      if (filters !== null) expect(toFilters(fromFilters(filters))).toEqual(filters);
    }), { numRuns: 2000 });
  });
});

describe('completion', () => {
  const at = (marked: string) => {
    const cursor = marked.indexOf('|');
    const text = marked.replace('|', '');
    const { from, to, suggestions } = completeQuery(text, cursor, { values: (field) => (field.name === 'site' ? ['acme', 'beta site'] : []) });
    return { replaced: text.slice(from, to), labels: suggestions.map((one) => one.label), inserts: suggestions.map((one) => one.insert) };
  };
  it.each([
    ['|', 'app'],
    ['las|', 'lastActive'],
    ['app = jira | ', 'AND'],
    ['app | ', 'IN'],
    ['usage = in|', 'inactive'],
    ['site = |', 'acme'],
    ['site IN (acme, b|', 'beta site'],
    ['lastActive < |', '-90d'],
    ['lastActive is n|', 'NOT'],
    ['any access(us|', 'usage'],
    ['status = active AND (no|', 'no access('],
    ['lastActive < -90d AND st| = active', 'status'],
  ])('%s offers %s', (marked, label) => {
    expect(at(marked).labels).toContain(label);
  });
  it('replaces the word under the cursor, quotes included', () => {
    expect(at('site = "be|ta"')).toMatchObject({ replaced: '"beta"', inserts: ['"beta site"'] });
    expect(at('site = ac|me AND app = jira').replaced).toBe('acme');
  });
  it('offers only access fields inside access(…), and nothing after an error', () => {
    expect(at('any access(|').labels).not.toContain('status');
    expect(at('bogus = x AND |').labels).toEqual([]);
  });
});
