import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askInventory } from '../../src/features/inventory/index.ts';
import { readPage } from '../../src/features/inventory/page.ts';
import type { PageQuestion } from '../../src/features/inventory/page.ts';
import { createWalkMemory } from '../../src/features/inventory/walk-memory.ts';
import { createDatabase, createPool } from '../../src/db/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { now, seedInventory } from './seed-inventory.ts';
import type { Seeded, SeededAccount } from './seed-inventory.ts';

/*
 * Lists of several windows of the walk, in which matches are so rare that a page needs more than one of them; with ten days on which all accesses were last used, many
 * rows share their place with others, of other accounts and of the same account in another app.
 */
let database: TestDatabase;
let seeded: Seeded;
beforeAll(async () => {
  database = await testDatabase();
  seeded = await seedInventory(database.db, { count: 1_700, seed: 31 });
}, 120_000);
afterAll(() => database.drop());

async function everyPage(question: Pick<PageQuestion, 'sort' | 'sortResourceId'>, limit: number, q: string, memory = createWalkMemory(), scope = seeded.scope) {
  const asked = await askInventory(database.db, scope, { q, period: 'last-3-months' }, now);
  let page = await readPage(database.db, asked, { ...question, limit }, memory);
  const down = page.rows.map(({ id }) => id);
  while (page.next !== null) {
    page = await readPage(database.db, asked, { ...question, limit, after: page.next }, memory);
    down.push(...page.rows.map(({ id }) => id));
  }
  const up = page.rows.map(({ id }) => id);
  while (page.previous !== null) {
    page = await readPage(database.db, asked, { ...question, limit, before: page.previous }, memory);
    up.unshift(...page.rows.map(({ id }) => id));
  }
  return { down, up };
}

let oneDayEach: { readonly scope: Seeded['scope']; readonly dated: readonly number[]; readonly all: number } | undefined;

/** Another workspace, in which an account used all its apps on the same day last. */
async function onOneDayEach() {
  if (oneDayEach !== undefined) return oneDayEach;
  const { scope, accounts, workspaceId } = await seedInventory(database.db, { count: 1_400, seed: 32 });
  await sql`
    update access set holding = 'has', last_kind = 'at', unknown_why = null, last_on = '2026-05-01'::date + (account_id % 7)::int where workspace_id = ${workspaceId}::int`.execute(database.db);
  const listed = accounts.filter(({ status }) => status === 'suspended' || status === 'deactivated');
  const withDay = listed.filter(({ accesses }) => accesses.length > 0);
  const sorted = withDay.toSorted((a, b) => (a.id % 7) - (b.id % 7) || a.id - b.id).map(({ id }) => id);
  expect(sorted.length).toBeGreaterThan(200);
  return (oneDayEach = { scope, dated: sorted, all: listed.length });
}

const latest = ({ accesses }: SeededAccount, of: readonly number[]): string | null =>
  accesses.flatMap(({ resourceId, holding, lastKind, lastOn }) => (of.includes(resourceId) && holding === 'has' && lastKind === 'at' && lastOn !== null ? [lastOn] : [])).toSorted().at(-1) ?? null;

/** The ids in the order of their days, those of the same day by id, and how many have a day. */
function dated(accounts: readonly SeededAccount[], of: readonly number[], descending: boolean): readonly number[] {
  const days = accounts.flatMap((account) => { const day = latest(account, of); return day === null ? [] : [{ id: account.id, day }]; });
  const sorted = days.toSorted((a, b) => a.day.localeCompare(b.day) || a.id - b.id).map(({ id }) => id);
  return descending ? sorted.toReversed() : sorted;
}

const ascending = (ids: readonly number[]): readonly number[] => ids.toSorted((a, b) => a - b);

describe('long lists', () => {
  const suspended = () => seeded.accounts.filter(({ status }) => status === 'suspended');

  it.each([['lastActive', 120], ['-lastActive', 120], ['lastActive', 17], ['-lastActive', 17]] as const)('rare matches sorted by %s in pages of %i come once, in order, both ways', async (sort, limit) => {
    const { down, up } = await everyPage({ sort }, limit, 'status = suspended');
    expect(suspended().length).toBeGreaterThan(200);
    expect(ascending(down)).toEqual(ascending(suspended().map(({ id }) => id)));
    const expected = dated(suspended(), Object.values(seeded.resources), sort === '-lastActive');
    expect(expected.length).toBeGreaterThan(120);
    expect(down.slice(0, expected.length)).toEqual(expected);
    expect(up).toEqual(down);
  });

  it.each(['lastActive', '-lastActive'] as const)('rare matches sorted by the day in one app, %s', async (sort) => {
    const sortResourceId = seeded.resources.acmeConfluence;
    const { down, up } = await everyPage({ sort, sortResourceId }, 110, 'status = suspended');
    const expected = dated(suspended(), [sortResourceId], sort === '-lastActive');
    expect(down.slice(0, expected.length)).toEqual(expected);
    expect(ascending(down)).toEqual(ascending(suspended().map(({ id }) => id)));
    expect(up).toEqual(down);
  });

  it('everybody sorted by the latest day, over all windows', async () => {
    const { down, up } = await everyPage({ sort: 'lastActive' }, 100, '');
    const expected = dated(seeded.accounts, Object.values(seeded.resources), false);
    expect(expected.length).toBeGreaterThan(900);
    expect(down.slice(0, expected.length)).toEqual(expected);
    expect(down).toHaveLength(seeded.accounts.length);
    expect(up).toEqual(down);
  });

  it.each(['lastActive', '-lastActive'] as const)('whose apps were all used on the same day comes once, sorted by %s', async (sort) => {
    const same = await onOneDayEach();
    // Each size of page ends its windows elsewhere.
    for (const limit of [83, 97, 101, 110, 117, 124, 139, 151, 170, 199, 310]) {
      const { down, up } = await everyPage({ sort }, limit, 'status IN (suspended, deactivated)', createWalkMemory(), same.scope);
      expect(down.slice(0, same.dated.length)).toEqual(sort === 'lastActive' ? same.dated : same.dated.toReversed());
      expect(new Set(down).size).toBe(same.all);
      expect(down).toHaveLength(same.all);
      expect(up).toEqual(down);
    }
  });

  it.each(['name', '-email', 'added'] as const)('rare matches sorted by %s come once, both ways', async (sort) => {
    const { down, up } = await everyPage({ sort }, 130, 'status = suspended');
    expect(ascending(down)).toEqual(ascending(suspended().map(({ id }) => id)));
    expect(up).toEqual(down);
  });

  it('finds the few matches at the end of a list', async () => {
    const last = seeded.accounts.toSorted((a, b) => (b.name ?? '').localeCompare(a.name ?? ''))[0]!;
    const asked = await askInventory(database.db, seeded.scope, { q: `id = "v-${seeded.accounts.indexOf(last)}"`, period: 'last-3-months' }, now);
    for (const sort of ['name', '-name', 'lastActive', '-lastActive'] as const) {
      const { rows, next } = await readPage(database.db, asked, { sort, limit: 5 });
      expect(rows.map(({ id }) => id)).toEqual([last.id]);
      expect(next).toBeNull();
    }
  });

  it.each([['name', 3], ['-lastActive', 3], ['lastActive', 40], ['name', 1_100]] as const)('the members of a group come once, sorted by %s, %i of them', async (sort, count) => {
    const members = seeded.accounts.slice(0, count).map(({ id }) => id);
    const name = `Of ${count} ${sort}`;
    const { rows: [group] } = await sql<{ id: number }>`
      insert into account_group (workspace_id, realm_id, vendor_id, name) select workspace_id, realm_id, ${name}, ${name} from account where id = ${members[0]} returning id`.execute(database.db);
    await sql`insert into group_member (workspace_id, group_id, account_id) select workspace_id, ${group!.id}::int, id from account where id = any(${members}::bigint[])`.execute(database.db);
    const { down, up } = await everyPage({ sort }, 90, `group = "${name.toUpperCase()}"`);
    expect(ascending(down)).toEqual(ascending(members));
    expect(up).toEqual(down);
  });

  it('answers the same whatever is remembered of the pages before', async () => {
    const { down: expected } = await everyPage({ sort: '-lastActive' }, 90, 'status = suspended');
    for (const way of ['gather', { window: 1 }, { window: 50 }, { window: 8_000 }] as const) {
      const { down, up } = await everyPage({ sort: '-lastActive' }, 90, 'status = suspended', { recall: () => way, note: () => undefined });
      expect(down).toEqual(expected);
      expect(up).toEqual(expected);
    }
  });
});

describe('lists by name of what few accounts are', () => {
  /** Every seventh account of a workspace of its own is an app, every fifth a service, every eleventh protected, every thirteenth an administrator. */
  const marks = { type: 7, service: 5, protected: 11, role: 13 } as const;
  let marked: Seeded;
  beforeAll(async () => {
    marked = await seedInventory(database.db, { count: 1_500, seed: 33 });
    for (const [place, { id }] of marked.accounts.entries()) {
      const is = (mark: keyof typeof marks): boolean => place % marks[mark] === 0;
      await sql`
        update account set account_type = ${is('type') ? 'app' : 'atlassian'}, looks_like_service = ${is('service')}::boolean, protected_by = ${is('protected') ? 'adminGroup' : null},
          platform_roles = ${is('role') ? ['org-admin'] : []}::text[] where id = ${id}`.execute(database.db);
    }
  }, 120_000);

  const every = (mark: keyof typeof marks) => (_: SeededAccount, place: number): boolean => place % marks[mark] === 0;
  const byName = (accounts: readonly SeededAccount[]): readonly number[] =>
    accounts.map((account) => ({ id: account.id, key: Buffer.from((account.name ?? account.email ?? `v-${marked.accounts.indexOf(account)}`).toLowerCase()) })).toSorted((a, b) => Buffer.compare(a.key, b.key) || a.id - b.id).map(({ id }) => id);

  it.each<[string, (account: SeededAccount, place: number) => boolean]>([
    ['status = suspended', ({ status }) => status === 'suspended'],
    ['status IN (suspended, deactivated)', ({ status }) => status === 'suspended' || status === 'deactivated'],
    ['status = suspended AND status = active', () => false],
    ['type = app', every('type')],
    ['type = atlassian', (account, place) => !every('type')(account, place)],
    ['type != app', (account, place) => !every('type')(account, place)],
    ['service = true', every('service')],
    ['service = false', (account, place) => !every('service')(account, place)],
    ['protected = true', every('protected')],
    ['role IS NOT EMPTY', every('role')],
    ['role IS EMPTY', (account, place) => !every('role')(account, place)],
    ['type = app AND status = suspended', (account, place) => every('type')(account, place) && account.status === 'suspended'],
    ['service = true AND type = app AND status = active', (account, place) => every('service')(account, place) && every('type')(account, place) && account.status === 'active'],
    ['type = app OR status = suspended', (account, place) => every('type')(account, place) || account.status === 'suspended'],
    ['NOT type = app AND protected = true', (account, place) => !every('type')(account, place) && every('protected')(account, place)],
  ])('%s: each match once, in order, both ways', async (q, matches) => {
    const expected = byName(marked.accounts.filter(matches));
    for (const sort of ['name', '-name'] as const) {
      const { down, up } = await everyPage({ sort }, 40, q, createWalkMemory(), marked.scope);
      expect(down).toEqual(sort === 'name' ? expected : expected.toReversed());
      expect(up).toEqual(down);
    }
  });
});

describe('walks that stay prepared', () => {
  it('answer the same each time, for other values and with one plan for all of them', async () => {
    const pool = createPool({ connectionString: database.connectionString, applicationName: 'walks', max: 1, onError: () => undefined });
    const db = createDatabase(pool, { keepsPlans: true });
    const pageOf = async (q: string, sort: PageQuestion['sort']) => {
      const asked = await askInventory(db, seeded.scope, { q, period: 'last-3-months' }, now);
      return (await readPage(db, asked, { sort, limit: 60 })).rows.map(({ id }) => id);
    };
    const questions = ['', 'status = active', 'status = invited', 'app = jira AND site = acme AND usage = inactive', 'app = jira AND site = beta AND usage = inactive', 'app = confluence AND site = acme AND usage = never', 'no access()', 'email ~ "p1"'];
    for (const sort of ['name', '-email', 'added', 'lastActive', '-lastActive'] as const) {
      for (const q of questions) {
        const asked = await askInventory(database.db, seeded.scope, { q, period: 'last-3-months' }, now);
        const expected = (await readPage(database.db, asked, { sort, limit: 60 })).rows.map(({ id }) => id);
        for (let time = 0; time < 9; time += 1) expect(await pageOf(q, sort)).toEqual(expected);
      }
    }
    const { rows } = await pool.query<{ walks: number; general: number }>("select count(*)::int as walks, count(*) filter (where generic_plans > 0)::int as general from pg_prepared_statements where statement like '%walked_key%'");
    expect(rows[0]?.walks).toBeGreaterThan(10);
    expect(rows[0]?.walks).toBeLessThanOrEqual(50);
    expect(rows[0]?.general).toBeGreaterThan(0);
    await pool.end();
  });
});

describe('the memory of walks', () => {
  it('forgets after a while, and the oldest first where there are very many', () => {
    let milliseconds = 0;
    const memory = createWalkMemory(() => milliseconds);
    memory.note('a', 'gather');
    expect(memory.recall('a')).toBe('gather');
    milliseconds = 29_000;
    expect(memory.recall('a')).toBe('gather');
    milliseconds = 31_000;
    expect(memory.recall('a')).toBeNull();
    for (let n = 0; n <= 1_000; n += 1) memory.note(`n${n}`, { window: n });
    expect(memory.recall('n0')).toBeNull();
    expect(memory.recall('n1')).toEqual({ window: 1 });
    expect(memory.recall('n1000')).toEqual({ window: 1_000 });
  });
});
