import { parseQuery } from '@rollcall/core';
import { describe, expect, it } from 'vitest';
import { queryOf } from '../src/inventory/question.ts';

describe('the query that options mean', () => {
  it.each([
    [undefined, {}, ''],
    ["app = jira", {}, 'app = jira'],
    [undefined, { app: 'Jira Software', site: 'acme', inactive: true }, 'app = jira AND site = acme AND usage = inactive AND status = active'],
    [undefined, { app: 'jsm', nonUsers: true, anyStatus: true }, 'app = jira-service-management AND usage IN (inactive, never)'],
    ['status = suspended', { app: 'jira', never: true }, 'app = jira AND usage = never AND (status = suspended)'],
    ['name ~ a OR name ~ b', { app: 'jira', inactive: true }, 'app = jira AND usage = inactive AND status = active AND (name ~ a OR name ~ b)'],
    [undefined, { site: 'my site' }, 'site = "my site"'],
  ] as const)('%s with %j', (text, options, expected) => {
    const query = queryOf(text, options);
    expect(query).toBe(expected);
    expect(parseQuery(query).ok).toBe(true);
  });

  it('shows where a query cannot be read', () => {
    expect(() => queryOf('app = = jira', {})).toThrow(/The query cannot be read: [^\n]+\n {2}app = = jira\n {8}\^/);
  });
});
