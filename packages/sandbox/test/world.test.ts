import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, worldOf, writeExport } from '../src/index.ts';
import type { Sandbox } from '../src/index.ts';

const now = '2026-11-22T09:00:00Z';

async function text(options: Parameters<typeof writeExport>[1]): Promise<string> {
  return (await Array.fromAsync(writeExport('users-pivot', options))).join('');
}

describe('the world', () => {
  it('is the same for the same seed and time, and another for another seed', async () => {
    const first = await text({ seed: 5, users: 300, now });
    expect(await text({ seed: 5, users: 300, now })).toBe(first);
    expect(await text({ seed: 6, users: 300, now })).not.toBe(first);
  });

  it('gives the first accounts the same ids and access whatever the size', async () => {
    const ids = (csv: string): readonly string[] => [...new Set(csv.split('\n').slice(1).map((line) => line.split(',').find((field) => /^(712020:|557058:|[0-9a-f]{23}g)/.test(field)) ?? ''))].slice(0, 50);
    expect(ids(await text({ seed: 5, users: 200, now }))).toEqual(ids(await text({ seed: 5, users: 400, now })));
  });

  it('refuses impossible sizes by name', () => {
    expect(() => worldOf({ users: 9 })).toThrow(/users must be/);
    expect(() => worldOf({ users: 1_000_001 })).toThrow(/users must be/);
    expect(() => worldOf({ directories: 3 })).toThrow(/directories must be/);
    expect(() => worldOf({ now: 'tomorrow' })).toThrow(/now must be a date/);
  });

  it('holds a million accounts in a few bytes each', () => {
    const world = worldOf({ users: 1_000_000, seed: 3, now });
    expect(world.count).toBe(1_000_000);
    expect(world.lastActive.every((series) => series.BYTES_PER_ELEMENT === 4)).toBe(true);
    expect(world.profiles.size).toBe(0);
  }, 60_000);
});

describe('the population', () => {
  let sandbox: Sandbox;
  beforeAll(async () => { sandbox = await startSandbox({ users: 5000, seed: 7, now, clock: 'frozen' }); });
  afterAll(() => sandbox.close());

  it('has a few hundred people inactive in Jira for more than 90 days', () => {
    const jira = sandbox.truth.stats().resources.find((resource) => resource.app === 'jira' && resource.site === 'acme');
    expect(jira?.inactive90Days).toBeGreaterThan(200);
    expect(jira?.inactive90Days).toBeLessThan(700);
    expect(jira?.neverAccessed).toBeGreaterThan(50);
  });

  it('has every sort of account that needs care', () => {
    const all = [...sandbox.truth.accounts()];
    const has = (test: (account: (typeof all)[number]) => boolean): boolean => all.some(test);
    expect(new Set(all.map((account) => account.status))).toEqual(new Set(['active', 'suspended', 'deactivated', 'not_invited', 'for_deletion']));
    expect(new Set(all.map((account) => account.kind))).toEqual(new Set(['person', 'service', 'app', 'customer']));
    expect(has((account) => account.email === undefined && account.kind === 'person')).toBe(true);
    expect(has((account) => /\p{Script=Han}/u.test(account.name))).toBe(true);
    expect(has((account) => /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(account.name))).toBe(true);
    expect(has((account) => /\p{Extended_Pictographic}/u.test(account.name))).toBe(true);
    expect(has((account) => account.platformRoles.includes('atlassian/org-admin'))).toBe(true);
    expect(has((account) => account.platformRoles.includes('atlassian/site-admin'))).toBe(true);
    expect(has((account) => !account.managed && account.kind === 'person')).toBe(true);
    const paths = all.flatMap((account) => account.access.map((access) => access.paths.filter((path) => path.role === 'atlassian/user')));
    expect(paths.some((list) => list.length === 1 && list[0]?.kind === 'direct')).toBe(true);
    expect(paths.some((list) => list.some((path) => path.kind === 'direct') && list.some((path) => path.kind === 'group'))).toBe(true);
    expect(paths.some((list) => list.filter((path) => path.kind === 'group').length > 1)).toBe(true);
    expect(paths.some((list) => list.some((path) => path.kind === 'group' && path.external))).toBe(true);
    expect(has((account) => account.access.some((access) => access.paths.some((path) => path.role === 'atlassian/admin')))).toBe(true);
  });

  it('never saw anyone before they were added nor after now', () => {
    for (const account of sandbox.truth.accounts()) {
      for (const access of account.access) {
        if (access.lastActive === null) continue;
        expect(access.lastActive >= account.addedToOrg && access.lastActive <= new Date(now).toISOString()).toBe(true);
      }
    }
  });
});

describe('an organisation with several directories', () => {
  it('has one for each site and keeps the members of a group in its directory', async () => {
    const sandbox = await startSandbox({ users: 300, seed: 7, now, directories: 2 });
    try {
      expect(sandbox.organisation.directories.map((directory) => directory.name)).toEqual(['acme', 'acme-labs']);
      const { world } = sandbox;
      for (const group of world.groups) {
        for (let index = 0; index < world.count; index += 1) {
          if (group.members.has(index)) expect(world.membership[group.directory]?.[index]).not.toBe(0);
        }
      }
    } finally {
      await sandbox.close();
    }
  });
});
