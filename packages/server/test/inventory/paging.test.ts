import { sortOrders } from '@rollcall/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askInventory } from '../../src/features/inventory/index.ts';
import { readPage } from '../../src/features/inventory/page.ts';
import type { PageQuestion } from '../../src/features/inventory/page.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { now, seedInventory } from './seed-inventory.ts';
import type { Seeded, SeededAccount } from './seed-inventory.ts';

let database: TestDatabase;
let seeded: Seeded;
beforeAll(async () => {
  database = await testDatabase();
  seeded = await seedInventory(database.db, { count: 230, seed: 7 });
  await seedInventory(database.db, { count: 20, seed: 8 });
});
afterAll(() => database.drop());

async function walk(question: Omit<PageQuestion, 'after' | 'before' | 'limit'>, limit: number, q = '') {
  const asked = await askInventory(database.db, seeded.scope, { q, period: 'last-3-months' }, now);
  const down: number[] = [];
  let page = await readPage(database.db, asked, { ...question, limit });
  expect(page.previous).toBeNull();
  down.push(...page.rows.map((row) => row.id));
  while (page.next !== null) {
    page = await readPage(database.db, asked, { ...question, limit, after: page.next });
    down.push(...page.rows.map((row) => row.id));
  }
  const up = page.rows.map((row) => row.id);
  while (page.previous !== null) {
    page = await readPage(database.db, asked, { ...question, limit, before: page.previous });
    up.unshift(...page.rows.map((row) => row.id));
  }
  return { down, up };
}

const latest = (account: SeededAccount, of: readonly number[]) =>
  account.accesses.filter((one) => of.includes(one.resourceId) && one.holding === 'has' && one.lastKind === 'at').map((one) => one.lastOn ?? '').toSorted().at(-1) ?? null;

describe('paging', () => {
  it.each(sortOrders.flatMap((sort) => [[sort, 13], [sort, 230]] as const))('walks every account exactly once, both ways, sorted by %s in pages of %i', async (sort, limit) => {
    const { down, up } = await walk({ sort }, limit);
    expect(down.toSorted((a, b) => a - b)).toEqual(seeded.accounts.map(({ id }) => id).toSorted((a, b) => a - b));
    expect(up).toEqual(down);
  });

  it.each(['lastActive', '-lastActive'] as const)('walks by the date of one app, %s', async (sort) => {
    const sortResourceId = seeded.resources.acmeJira;
    const { down, up } = await walk({ sort, sortResourceId }, 9);
    expect(new Set(down).size).toBe(seeded.accounts.length);
    expect(up).toEqual(down);
    const dates = down.map((id) => latest(seeded.accounts.find((one) => one.id === id)!, [sortResourceId]));
    const dated = dates.filter((date) => date !== null);
    expect(dates.slice(0, dated.length)).toEqual(sort === 'lastActive' ? dated.toSorted() : dated.toSorted().toReversed());
  });

  it('sorts by the latest date of all apps, accounts without one at the end', async () => {
    const all = Object.values(seeded.resources);
    const { down } = await walk({ sort: '-lastActive' }, 11);
    const dates = down.map((id) => latest(seeded.accounts.find((one) => one.id === id)!, all));
    const dated = dates.filter((date) => date !== null);
    expect(dates).toEqual([...dated.toSorted().toReversed(), ...Array.from({ length: dates.length - dated.length }, () => null)]);
  });

  it.each(['name', '-email', 'lastActive', '-added'] as const)('walks a filtered list sorted by %s', async (sort) => {
    const { down, up } = await walk({ sort }, 4, 'app = jira AND site = acme AND usage = inactive');
    expect(up).toEqual(down);
    expect(new Set(down).size).toBe(down.length);
    expect(down.length).toBeGreaterThan(3);
  });

  it.each([
    ['lastActive', 'app = jira AND site = acme AND usage = inactive'],
    ['-lastActive', 'app = jira AND site = acme AND usage = inactive'],
    // The same app of another organisation is meant too.
    ['lastActive', 'app = jira AND site IN (acme, other) AND usage IN (inactive, never)'],
    ['-lastActive', 'app = jira AND site IN (acme, other) AND usage IN (inactive, never)'],
    // Whoever is active in the one may be inactive in the other.
    ['-lastActive', 'app = jira AND site IN (acme, beta) AND usage = inactive'],
  ] as const)('sorted by the date of one app, %s, everybody of %s comes once', async (sort, q) => {
    const sortResourceId = seeded.resources.acmeJira;
    const { down, up } = await walk({ sort, sortResourceId }, 5, q);
    const { down: byName } = await walk({ sort: 'name' }, 50, q);
    expect(byName.length).toBeGreaterThan(5);
    expect(down.toSorted((a, b) => a - b)).toEqual(byName.toSorted((a, b) => a - b));
    expect(up).toEqual(down);
    const dates = down.map((id) => latest(seeded.accounts.find((one) => one.id === id)!, [sortResourceId]));
    const dated = dates.filter((date) => date !== null);
    expect(dates.slice(0, dated.length)).toEqual(sort === 'lastActive' ? dated.toSorted() : dated.toSorted().toReversed());
  });

  it('jumps near a share of the list', async () => {
    const asked = await askInventory(database.db, seeded.scope, { q: '', period: '90d' }, now);
    const { down } = await walk({ sort: 'name' }, 50);
    const page = await readPage(database.db, asked, { sort: 'name', near: 0.5, limit: 10 });
    expect(page.offset).toBe(115);
    expect(page.rows.map((row) => row.id)).toEqual(down.slice(115, 125));
    expect(page.previous).not.toBeNull();
    const end = await readPage(database.db, asked, { sort: 'name', near: 1, limit: 10 });
    expect(end.rows.map((row) => row.id)).toEqual(down.slice(-1));
  });

  it('refuses a cursor of another sort and one that is made up', async () => {
    const asked = await askInventory(database.db, seeded.scope, { q: '', period: '90d' }, now);
    const { next } = await readPage(database.db, asked, { sort: 'name', limit: 5 });
    await expect(readPage(database.db, asked, { sort: 'email', limit: 5, after: next ?? '' })).rejects.toMatchObject({ facts: { code: 'badRequest' } });
    await expect(readPage(database.db, asked, { sort: 'name', limit: 5, after: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ facts: { code: 'badRequest' } });
  });

  it('names the place where a query cannot be read', async () => {
    await expect(askInventory(database.db, seeded.scope, { q: 'status = ', period: '90d' }, now)).rejects.toMatchObject({ facts: { code: 'badQuery', data: { at: 9 } } });
  });
});
