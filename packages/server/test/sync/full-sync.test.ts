import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { setUp } from './support.ts';
import { differences, inventoryOf, truthOf } from './truth.ts';

it.each([
  ['one directory', {}],
  ['never used apps given without a time', { neverActive: 'withoutTimestamp' as const }],
  ['several directories', { directories: 2 }],
  ['no activity in bulk', { expandProductAccess: false }],
  ['neither activity nor groups in bulk', { expandProductAccess: false, expandGroups: false }],
  ['no verified domain', { verifiedDomain: false }],
  ['small pages', { searchLimitMax: 50, searchLimitPolicy: 'reject' as const }],
])('reads everything as it is: %s', async (_name, options) => {
  const { sync, sandbox, database } = await setUp({ users: 250, seed: 3, ...options });
  const done = await sync();
  expect(done.problem).toBeNull();
  expect(done.state).toBe('done');
  expect(differences(truthOf(sandbox, 'neverActive' in options), await inventoryOf(database.pool))).toEqual([]);
});

it('writes next to nothing when nothing changed', async () => {
  const { sync, database } = await setUp({ users: 300, seed: 5 });
  await sync();
  const before = await rowVersions(database.pool);
  const second = await sync();
  expect(second.state).toBe('done');
  const { accounts: _accounts, pages: _pages, ...written } = second.totals;
  expect(Object.entries(written).filter(([, count]) => count !== 0)).toEqual([]);
  expect(await rowVersions(database.pool)).toEqual(before);
});

it('sees what changed, and only that', async () => {
  const { sync, sandbox, database } = await setUp({ users: 200, seed: 8 });
  await sync();
  const people = [...sandbox.truth.accounts()].filter((one) => one.kind === 'person' && one.status === 'active' && one.access.some((access) => access.paths.length > 0)).slice(20);
  const [gone, active, suspended, moved] = people;
  if (gone === undefined || active === undefined || suspended === undefined || moved === undefined) throw new Error('too small a world');
  sandbox.mutate({ kind: 'deleteUser', accountId: gone.accountId });
  sandbox.mutate({ kind: 'makeActive', accountId: active.accountId, resourceId: active.access.find((one) => one.paths.length > 0)?.resourceId ?? '', at: new Date(Date.now() - 60_000).toISOString() });
  sandbox.mutate({ kind: 'suspend', accountId: suspended.accountId });
  for (const group of moved.groups) sandbox.mutate({ kind: 'removeFromGroup', accountId: moved.accountId, groupId: group.id });
  const second = await sync();
  expect(second.state).toBe('done');
  expect(differences(truthOf(sandbox), await inventoryOf(database.pool))).toEqual([]);
  expect(second.totals).toMatchObject({ accountsGone: 1, accountsAdded: 0, membershipsAdded: 0 });
  const { rows } = await database.pool.query('select gone_at is not null as gone from account where vendor_id = $1', [gone.accountId]);
  expect(rows).toEqual([{ gone: true }]);
});

it('protects administrators, the owner of the key, apps and customers, and nobody else', async () => {
  const { sync, sandbox, database } = await setUp({ users: 300, seed: 4 });
  await sync();
  const admins = new Set(['atlassian/admin', 'atlassian/org-admin', 'atlassian/site-admin', 'atlassian/user-access-admin']);
  const { rows } = await database.pool.query<{ vendor_id: string; protected_by: string | null }>('select vendor_id, protected_by from account where gone_at is null');
  const wrong = rows.filter(({ vendor_id: id, protected_by: by }) => {
    const account = sandbox.truth.account(id);
    if (account === undefined) return true;
    const administers = account.platformRoles.length > 0 || account.access.some((access) => access.paths.some((path) => admins.has(path.role))) || account.groups.some((group) => sandbox.world.groups.some((one) => one.id === group.id && one.grants.some((grant) => admins.has(grant.role))));
    const expected = account.accountType !== 'atlassian' || id === sandbox.keyOwnerAccountId || administers;
    return (by !== null) !== expected;
  });
  expect(wrong).toEqual([]);
  expect(rows.find((row) => row.vendor_id === sandbox.keyOwnerAccountId)?.protected_by).toBe('keyOwner');
});

/** How often rows of each table were written, as the rows themselves tell. */
async function rowVersions(pool: Pool): Promise<unknown> {
  const tables = ['account', 'access', 'account_group', 'group_member', 'group_grant', 'direct_role', 'resource', 'directory', 'activity_month'];
  const all: Record<string, unknown> = {};
  for (const table of tables) {
    // A new version of a row has a new place.
    const { rows } = await pool.query(`select count(*)::int as rows, md5(string_agg(ctid::text || xmin::text, ',' order by ctid)) as versions from ${table}`);
    all[table] = rows[0];
  }
  return all;
}
