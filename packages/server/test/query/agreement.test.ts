import { evaluateQuery, matchedAccesses, printQuery, resolvePeriod } from '@rollcall/core';
import type { Period, Query } from '@rollcall/core';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileMatchedAccess, compileQuery, loadAccountFacts } from '../../src/features/query/index.ts';
import type { CompileContext, Coverage } from '../../src/features/query/index.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { asOf, day, evidence, randomAccount, resources } from './random-inventory.ts';
import { asQuery, everyTerm, randomQuery } from './random-query.ts';
import { factsOf, writeInventory } from './written-inventory.ts';
import type { WrittenInventory } from './written-inventory.ts';

const periods: readonly Period[] = [
  resolvePeriod({ kind: 'rolling', unit: 'days', count: 90 }, asOf),
  resolvePeriod({ kind: 'preset', preset: 'last-3-months' }, asOf),
  resolvePeriod({ kind: 'range', from: day('2026-08-24'), to: day('2026-08-31') }, asOf),
  resolvePeriod({ kind: 'range', from: day('2026-01-01'), to: day('2026-03-31') }, asOf),
  resolvePeriod({ kind: 'range', from: day('2025-12-15'), to: day('2026-10-20') }, asOf),
];

interface Asked {
  readonly period: Period;
  readonly freshnessDays: number;
  readonly lowUsageDays: number;
  readonly siteLimit: boolean;
  readonly partlyRead: boolean;
}
const asked: fc.Arbitrary<Asked> = fc.record({ period: fc.constantFrom(...periods), freshnessDays: fc.constantFrom(0, 2, 2, 30), lowUsageDays: fc.constantFrom(1, 3), siteLimit: fc.boolean(), partlyRead: fc.boolean() });

let database: TestDatabase;
let inventory: WrittenInventory;

beforeAll(async () => {
  database = await testDatabase();
  // A fixed seed: the queries vary with each run of the suite, the accounts are many enough to hold every case.
  inventory = await writeInventory(database.db, fc.sample(randomAccount, { seed: 20261122, numRuns: 300 }));
});
afterAll(() => database.drop());

function contextOf(one: Asked): CompileContext {
  const org = [inventory.realmIds[0]!];
  const coverage: Coverage = one.partlyRead ? { accesses: org, groups: org, emails: org, identityProvider: org } : { accesses: 'everywhere', groups: 'everywhere', emails: 'everywhere', identityProvider: 'everywhere' };
  return {
    asOf, period: one.period, usageRules: { freshnessDays: one.freshnessDays, lowUsageDays: one.lowUsageDays }, workspaceId: inventory.workspaceId,
    resources: resources.map((resource, n) => ({ ...resource, id: inventory.resourceIds[n]!, realmId: org[0]! })),
    evidence: evidence.map((row, n) => ({ ...row, id: inventory.evidenceIds[n]! })),
    sources: inventory.sources, allowedResourceIds: one.siteLimit ? inventory.resourceIds.slice(0, 2) : null, coverage,
  };
}

/** What SQL says of every account: true, false, unknown, or a contradiction. */
async function bySql(isTrue: RawBuilder<boolean>, isFalse: RawBuilder<boolean>): Promise<readonly string[]> {
  const { rows } = await sql<{ id: number; t: boolean | null; f: boolean | null }>`
    select a.id, ${isTrue} as t, ${isFalse} as f from account a where a.workspace_id = ${inventory.workspaceId} and a.gone_at is null`.execute(database.db);
  const values = new Map(rows.map((row) => [row.id, row.t === null || row.f === null ? 'null' : row.t && row.f ? 'both' : row.t ? 'true' : row.f ? 'false' : 'unknown']));
  return inventory.accounts.map(({ id }) => values.get(id) ?? 'missing');
}

function byCore(query: Query, context: CompileContext): readonly string[] {
  return inventory.accounts.map((_, n) => String(evaluateQuery(query, factsOf(inventory, n, context.coverage, context.allowedResourceIds), context)));
}

async function expectAgreement(query: Query, one: Asked): Promise<void> {
  const context = contextOf(one);
  const { isTrue, isFalse } = compileQuery(query, context);
  expect({ query: printQuery(query), values: await bySql(isTrue, isFalse) }).toEqual({ query: printQuery(query), values: byCore(query, context) });
}

describe('SQL and the evaluator of core', () => {
  it('meet every kind of fact, there and missing', () => {
    const accounts = inventory.accounts.map(({ account }) => account);
    const all: readonly Readonly<Record<string, unknown>>[] = [accounts, accounts.flatMap((account) => account.accesses)].flat();
    for (const field of ['name', 'email', 'managementSource', 'addedOn', 'protectedBy', 'evidence', 'knownThrough', 'grantedOn', 'clockOn']) {
      const values = all.flatMap((one) => (field in one ? [one[field]] : []));
      expect(values.filter((value) => value === null).length).toBeGreaterThan(10);
      expect(values.filter((value) => value !== null).length).toBeGreaterThan(10);
    }
  });

  it.each(everyTerm.map(({ field, op, term }) => [`${field.name} ${op}`, term] as const))('agree on %s', async (_, term) => {
    await fc.assert(fc.asyncProperty(term, fc.constantFrom('any', 'every', 'no'), asked, (made, quantifier, one) => expectAgreement(asQuery(made, quantifier), one)), { numRuns: 12 });
  });

  it('agree on any query, for every account', async () => {
    await fc.assert(fc.asyncProperty(randomQuery, asked, expectAgreement), { numRuns: 2000 });
  }, 300_000);

  it('agree on the accesses a plan acts on', async () => {
    await fc.assert(fc.asyncProperty(randomQuery, asked, async (query, one) => {
      const context = contextOf(one);
      const { condition } = compileMatchedAccess(query, context);
      const { rows } = await sql<{ id: number; resource: number }>`
        select a.id, x.resource_id as resource from account a join access x on x.account_id = a.id where a.workspace_id = ${inventory.workspaceId} and ${condition}`.execute(database.db);
      const found = rows.map((row) => `${row.id}/${row.resource}`).toSorted();
      const expected = inventory.accounts.flatMap(({ id }, n) => matchedAccesses(query, factsOf(inventory, n, context.coverage, context.allowedResourceIds), context).map((access) => `${id}/${access.resourceId}`));
      expect({ query: printQuery(query), found }).toEqual({ query: printQuery(query), found: expected.toSorted() });
    }), { numRuns: 500 });
  }, 120_000);

  it('see all three values often', async () => {
    const queries = fc.sample(randomQuery, 100);
    const seen = new Map<string, number>();
    for (const query of queries) {
      for (const value of byCore(query, contextOf({ period: periods[0]!, freshnessDays: 2, lowUsageDays: 3, siteLimit: false, partlyRead: true }))) seen.set(value, (seen.get(value) ?? 0) + 1);
    }
    for (const value of ['true', 'false', 'unknown']) expect(seen.get(value)).toBeGreaterThan(1000);
  });

  it('read the same facts from the database as were written', async () => {
    for (const siteLimit of [false, true]) {
      const context = contextOf({ period: periods[0]!, freshnessDays: 2, lowUsageDays: 3, siteLimit, partlyRead: siteLimit });
      const loaded = await loadAccountFacts(database.db, inventory.accounts.map(({ id }) => id), context);
      for (const [n, { id }] of inventory.accounts.entries()) expect(loaded.get(id)).toEqual(factsOf(inventory, n, context.coverage, context.allowedResourceIds));
    }
  });
});

describe('the comparison would catch', () => {
  const context = (): CompileContext => contextOf({ period: periods[0]!, freshnessDays: 2, lowUsageDays: 3, siteLimit: false, partlyRead: true });
  const query = (where: Query['where']): Query => ({ version: 1, where });
  const before = { kind: 'term', field: 'lastActive', op: '<', values: ['-90d'] } as const;

  it.each([
    ['NOT EXISTS with NULL: unknown becomes a victim', { kind: 'access', quantifier: 'no', where: { kind: 'term', field: 'lastActive', op: '>=', values: ['-90d'] } },
      sql<boolean>`not exists (select from access x where x.account_id = a.id and x.holding <> 'none' and x.last_on >= '2026-08-24')`],
    ['a reading taken for the present, whatever its age', { kind: 'access', quantifier: 'any', where: before },
      sql<boolean>`exists (select from access x where x.account_id = a.id and x.holding = 'has' and x.last_on < '2026-08-24')`],
    ['bool_and over NULL', { kind: 'access', quantifier: 'every', where: before },
      sql<boolean>`coalesce((select bool_and(x.last_on < '2026-08-24') from access x where x.account_id = a.id and x.holding <> 'none'), true)`],
    ['groups nobody read taken for none', { kind: 'not', part: { kind: 'term', field: 'group', op: 'in', values: ['vip'] } },
      sql<boolean>`not exists (select from group_member m join account_group g on g.id = m.group_id where m.account_id = a.id and g.name = 'vip')`],
  ] as const)('%s', async (_, where, naive) => {
    const { isFalse } = compileQuery(query(where), context());
    expect(await bySql(naive, isFalse)).not.toEqual(byCore(query(where), context()));
  });
});
