import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeUsage, resolvePeriod, parsePeriod } from '@rollcall/core';
import type { Period, Usage } from '@rollcall/core';
import { askInventory, readTotals } from '../../src/features/inventory/index.ts';
import { countAccounts } from '../../src/features/inventory/count.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { now, seedInventory, today } from './seed-inventory.ts';
import type { Seeded, SeededAccess, SeededAccount } from './seed-inventory.ts';

let database: TestDatabase;
beforeAll(async () => { database = await testDatabase(); });
afterAll(() => database.drop());

function usageOf(access: SeededAccess, period: Period, seeded: Seeded): Usage {
  const lastActive = access.lastKind === 'at' && access.lastOn !== null ? { kind: 'at' as const, on: access.lastOn, at: null } : access.lastKind === 'never' ? { kind: 'never' as const } : { kind: 'unknown' as const, why: 'notGiven' as const };
  return judgeUsage({ holding: access.holding, lastActive, knownThrough: access.knownThrough, clockStart: access.clockOn, historyFrom: seeded.historyFrom, activeDays: access.days }, period).usage;
}

function bruteForce(seeded: Seeded, accounts: readonly SeededAccount[], period: Period) {
  return Object.values(seeded.resources).toSorted((a, b) => a - b).map((resourceId) => {
    const classes = accounts.flatMap((account) => account.accesses.filter((one) => one.resourceId === resourceId && one.holding !== 'none').map((one) => usageOf(one, period, seeded)));
    const count = (usage: Usage) => classes.filter((one) => one === usage).length;
    const covered = seeded.historyFrom <= period.from;
    return { resourceId, holders: classes.length, active: count('active'), lowUsage: covered ? count('lowUsage') : null, inactive: count('inactive'), never: count('never'), unknown: count('unknown') };
  });
}

describe.each([{ history: false }, { history: true }])('totals, history kept: $history', ({ history }) => {
  let seeded: Seeded;
  beforeAll(async () => { seeded = await seedInventory(database.db, { count: 160, seed: history ? 3 : 4, history }); });
  const totals = async (q: string, period: string) => {
    const items = await readTotals(database.db, await askInventory(database.db, seeded.scope, { q, period }, now));
    return items.toSorted((a, b) => a.resourceId - b.resourceId);
  };
  const periodOf = (text: string) => resolvePeriod(parsePeriod(text)!, today);

  it.each(['last-3-months', '90d', '10d', 'last-1-year', '2026-08-01..2026-10-31'])('are what judging every access gives, %s', async (period) => {
    const active = seeded.accounts.filter((account) => account.status === 'active');
    expect(await totals('', period)).toEqual(bruteForce(seeded, active, periodOf(period)));
  });

  it('follow the query: a status that is named replaces the default', async () => {
    const suspended = seeded.accounts.filter((account) => account.status === 'suspended');
    expect(await totals('status = suspended', '90d')).toEqual(bruteForce(seeded, suspended, periodOf('90d')));
    const named = seeded.accounts.filter((account) => account.status === 'active' && account.name?.includes('佐藤') === true);
    expect(await totals('name ~ 佐藤', '90d')).toEqual(bruteForce(seeded, named, periodOf('90d')));
  });

  it.each(['inactive', 'never', 'unknown', 'active', 'lowUsage'] as const)('counts the accounts of a class: %s', async (usage) => {
    const asked = await askInventory(database.db, seeded.scope, { q: `app = jira AND site = acme AND usage = ${usage} AND status = active`, period: '90d' }, now);
    const expected = seeded.accounts.filter((account) => account.status === 'active' && account.accesses.some((one) => one.resourceId === seeded.resources.acmeJira && one.holding !== 'none' && usageOf(one, periodOf('90d'), seeded) === usage));
    expect(await countAccounts(database.db, asked, false)).toEqual({ accounts: expected.length, exact: true });
  });

  it('counts people, not accesses, over several sites', async () => {
    const asked = await askInventory(database.db, seeded.scope, { q: 'app = jira AND usage = inactive', period: '90d' }, now);
    const jira = new Set([seeded.resources.acmeJira, seeded.resources.betaJira, seeded.resources.otherJira]);
    const expected = seeded.accounts.filter((account) => account.accesses.some((one) => jira.has(one.resourceId) && one.holding !== 'none' && usageOf(one, periodOf('90d'), seeded) === 'inactive'));
    expect(await countAccounts(database.db, asked, true)).toEqual({ accounts: expected.length, exact: true });
    expect(await countAccounts(database.db, asked, false)).toEqual({ accounts: expected.length, exact: true });
  });
});
