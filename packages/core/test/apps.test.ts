import { describe, expect, it } from 'vitest';
import { appKey, appTitle, knownAppKeys } from '../src/index.ts';

describe('the names of apps', () => {
  it.each([
    ['Jira', 'jira'], ['jira-software', 'jira'], ['JIRA.ondemand', 'jira'], ['Jira Service Desk', 'jira-service-management'], ['jsm', 'jira-service-management'], ['jira-servicedesk.ondemand', 'jira-service-management'],
    [' Confluence ', 'confluence'], ['Townsquare', 'atlas'], ['My Own App!', 'my-own-app'], ['予定 表', '予定-表'],
  ])('%j is %s', (name, key) => {
    expect(appKey(name)).toBe(key);
  });
  it('are stable: a key is the key of itself and of its title', () => {
    for (const key of knownAppKeys) {
      expect(appKey(key)).toBe(key);
      expect(appKey(appTitle(key))).toBe(key);
    }
    expect(new Set(knownAppKeys).size).toBe(knownAppKeys.length);
    expect(appTitle('my-own-app')).toBe('my-own-app');
  });
});
