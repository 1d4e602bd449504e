import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/app/scope.ts';
import { readDetail } from '../../src/features/accounts/read-detail.ts';
import { readActivity } from '../../src/features/accounts/read-activity.ts';
import { askInventory, readTotals } from '../../src/features/inventory/index.ts';
import { countAccounts } from '../../src/features/inventory/count.ts';
import { readPage } from '../../src/features/inventory/page.ts';
import { readValues } from '../../src/features/inventory/values.ts';
import { exportInventory } from '../../src/features/inventory/export/export-inventory.ts';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { now, seedInventory } from './seed-inventory.ts';
import type { Seeded } from './seed-inventory.ts';

let database: TestDatabase;
let mine: Seeded;
let foreign: Seeded;
beforeAll(async () => {
  database = await testDatabase();
  mine = await seedInventory(database.db, { count: 90, seed: 21 });
  foreign = await seedInventory(database.db, { count: 30, seed: 22 });
  await plantGroups();
});
afterAll(() => database.drop());

/** Everybody is in three groups: one grants Jira on acme, one Jira on beta, one nothing. */
async function plantGroups(): Promise<void> {
  const { workspaceId, resources } = mine;
  await sql`
    with made as (insert into account_group (workspace_id, realm_id, vendor_id, name)
      select ${workspaceId}, r.id, n, n from realm r cross join unnest(array['acme-jira', 'beta-jira', 'secret-group']) as n where r.workspace_id = ${workspaceId} and r.kind = 'atlassian-org' returning id, name),
    granted as (insert into group_grant (workspace_id, group_id, resource_vendor_id, resource_id, role)
      select ${workspaceId}, id, name, case name when 'acme-jira' then ${resources.acmeJira}::int else ${resources.betaJira}::int end, 'user' from made where name <> 'secret-group')
    insert into group_member (workspace_id, group_id, account_id) select ${workspaceId}, made.id, a.id from made cross join account a where a.workspace_id = ${workspaceId}`.execute(database.db);
  await sql`update account set platform_roles = '{}' where workspace_id = ${workspaceId}`.execute(database.db);
}

const limited = (limits: Partial<Pick<Scope, 'sourceIds' | 'sites'>>): Scope => ({ ...mine.scope, role: 'viewer', sourceIds: null, sites: null, ...limits });
const ask = (scope: Scope, q = '') => askInventory(database.db, scope, { q, period: '90d' }, now);
const holdersOf = (...resources: number[]) => mine.accounts.filter((account) => account.accesses.some((one) => resources.includes(one.resourceId))).map(({ id }) => id).toSorted((a, b) => a - b);
const pageOf = async (scope: Scope, q = '') => readPage(database.db, await ask(scope, q), { sort: '-lastActive', limit: 500 });

describe('what a person may not see', () => {
  it('of another workspace: no row, no count, no detail', async () => {
    const page = await pageOf(mine.scope);
    expect(page.rows.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(mine.accounts.map(({ id }) => id).toSorted((a, b) => a - b));
    const id = foreign.accounts[0]!.id;
    await expect(readDetail(database.db, mine.scope, await ask(mine.scope), id)).rejects.toMatchObject({ facts: { code: 'notFound' } });
    await expect(readActivity(database.db, mine.scope, id, foreign.resources.acmeJira)).rejects.toMatchObject({ facts: { code: 'notFound' } });
    expect(await countAccounts(database.db, await ask(mine.scope, 'id = v-1'), true)).toEqual({ accounts: 1, exact: true });
  });

  it('of another source: only accounts and cells of the own one', async () => {
    const scope = limited({ sourceIds: [mine.sourceIds.other] });
    const page = await pageOf(scope);
    expect(page.rows.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(holdersOf(mine.resources.otherJira));
    expect(page.columns.map(({ resourceId }) => resourceId)).toEqual([mine.resources.otherJira]);
    expect(await countAccounts(database.db, await ask(scope), true)).toEqual({ accounts: holdersOf(mine.resources.otherJira).length, exact: true });
    expect((await readTotals(database.db, await ask(scope))).map(({ resourceId }) => resourceId)).toEqual([mine.resources.otherJira]);
    expect((await readValues(database.db, scope, { field: 'site', prefix: '' })).map(({ value }) => value)).toEqual(['other']);
    expect((await readValues(database.db, scope, { field: 'source', prefix: '' })).map(({ value }) => value)).toEqual(['Source csv']);
  });

  it('of another site: no cell, path, group, date or count of it', async () => {
    const scope = limited({ sites: ['acme'] });
    const acme = [mine.resources.acmeJira, mine.resources.acmeConfluence];
    const page = await pageOf(scope);
    expect(page.rows.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(holdersOf(...acme));
    expect(page.rows.flatMap(({ cells }) => cells.map(({ resourceId }) => resourceId)).filter((id) => !acme.includes(id))).toEqual([]);
    const dates = page.rows.map((row) => row.cells.filter((cell) => ['active', 'inactive', 'unknown', 'lowUsage'].includes(cell.usage)).map((cell) => cell.lastOn ?? '').toSorted().at(-1) ?? '');
    expect(dates.length).toBeGreaterThan(20);
    const detail = await readDetail(database.db, scope, await ask(scope), holdersOf(mine.resources.acmeJira)[0]!);
    expect(detail.groups.map(({ name }) => name)).toEqual(['acme-jira']);
    expect(detail.accesses.flatMap(({ paths }) => paths.map(({ groupName }) => groupName))).not.toContain('beta-jira');
    expect(JSON.stringify(detail)).not.toContain('beta');
    expect(JSON.stringify(detail)).not.toContain('secret');
    expect((await readValues(database.db, scope, { field: 'group', prefix: '' })).map(({ value }) => value)).toEqual(['acme-jira']);
    const onlyBeta = mine.accounts.find((account) => !holdersOf(...acme).includes(account.id))!;
    await expect(readDetail(database.db, scope, await ask(scope), onlyBeta.id)).rejects.toMatchObject({ facts: { code: 'notFound' } });
    await expect(readActivity(database.db, scope, holdersOf(...acme)[0]!, mine.resources.betaJira)).rejects.toMatchObject({ facts: { code: 'notFound' } });
  });

  it('is not in an export either, and cannot be asked for', async () => {
    const scope = limited({ sites: ['beta'] });
    const silent = () => undefined;
    const deps = { db: database.db, pool: database.pool, now: () => now, newId: () => crypto.randomUUID(), log: { info: silent, warn: silent, error: silent } };
    const file = await exportInventory(deps, scope, { q: '', period: '90d', sort: 'name', format: 'json' }, new AbortController().signal);
    let text = '';
    for await (const chunk of file.chunks) text += String(chunk);
    const rows = JSON.parse(text) as { apps: { site: string }[] }[];
    expect(rows).toHaveLength(holdersOf(mine.resources.betaJira).length);
    expect(new Set(rows.flatMap(({ apps }) => apps.map(({ site }) => site)))).toEqual(new Set(['beta']));
    await expect(exportInventory(deps, scope, { q: '', period: '90d', sort: 'name', format: 'csv', columns: String(mine.resources.acmeJira) }, new AbortController().signal)).rejects.toMatchObject({ facts: { code: 'badRequest' } });
    await expect(readPage(database.db, await ask(scope), { sort: 'lastActive', sortResourceId: mine.resources.acmeJira, limit: 5 })).rejects.toMatchObject({ facts: { code: 'badRequest' } });
  });

  it('does not select: a hidden access makes nobody match', async () => {
    const page = await pageOf(limited({ sites: ['acme'] }), 'site = beta');
    expect(page.rows).toEqual([]);
    expect(await countAccounts(database.db, await ask(limited({ sites: ['acme'] }), 'site = beta AND app = jira AND usage = inactive'), true)).toEqual({ accounts: 0, exact: true });
  });

  it('is not offered as a value, and what is offered is found by its beginning', async () => {
    const domains = (await readValues(database.db, mine.scope, { field: 'domain', prefix: 'con' })).map(({ value }) => value);
    expect(domains).toEqual(['contractor.example']);
    expect((await readValues(database.db, mine.scope, { field: 'domain', prefix: '' })).map(({ value }) => value)).toEqual(['acme.example', 'contractor.example']);
    const groups = await readValues(database.db, mine.scope, { field: 'group', prefix: 'beta', sourceId: mine.sourceIds.org });
    expect(groups).toMatchObject([{ value: 'beta-jira', accounts: mine.accounts.length, modifiable: true }]);
    expect(await readValues(database.db, mine.scope, { field: 'group', prefix: '', sourceId: mine.sourceIds.other })).toEqual([]);
    expect((await readValues(database.db, mine.scope, { field: 'app', prefix: 'conf' })).map(({ value }) => value)).toEqual(['confluence']);
  });
});
