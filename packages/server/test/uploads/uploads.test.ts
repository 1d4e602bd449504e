import type { Sandbox } from '@rollcall/sandbox';
import { request } from 'node:http';
import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { daysAgo, exportOf, setUp } from './support.ts';

const appOf: Readonly<Record<string, string>> = { 'jira-servicemanagement': 'jira-service-management' };

it('takes an export as an inventory of its own, as the world is', async () => {
  const { sandbox, upload, take, database } = await setUp({ users: 300, seed: 2 });
  const ready = await upload(await exportOf(sandbox));
  expect(ready.body).toMatchObject({ state: 'ready', refusal: null, preview: { shape: 'users', problems: [] } });
  expect(ready.body.preview.apps).toHaveLength(6);
  expect(ready.body.preview.firstRows[0]).toHaveLength(ready.body.preview.header.length);
  const taken = await take(ready.body.id, { kind: 'newSource', name: 'Export' }, daysAgo(0));
  expect(taken.body.sync).toMatchObject({ state: 'done', problem: null, totals: { accounts: ready.body.preview.accounts } });
  expect(await inventory(database.pool)).toEqual(exported(sandbox));
});

it('takes a newer export of the same source and writes only what differs; refuses an older one', async () => {
  const { sandbox, upload, take, database } = await setUp({ users: 150, now: `${daysAgo(3)}T12:00:00Z` });
  await database.pool.query(`update workspace set settings = '{"freshnessHours": 90}'`);
  const first = await take((await upload(await exportOf(sandbox))).body.id, { kind: 'newSource', name: 'Export' }, daysAgo(2));
  await database.pool.query(`update workspace set settings = '{"freshnessHours": 10}'`);
  const source = { kind: 'source', sourceId: first.body.sourceId };
  const same = await take((await upload(await exportOf(sandbox))).body.id, source, daysAgo(1));
  const { accounts: _accounts, pages: _pages, ...written } = same.body.sync.totals;
  expect(Object.entries(written).filter(([, count]) => count !== 0)).toEqual([]);
  const old = await take((await upload(await exportOf(sandbox))).body.id, source, daysAgo(5));
  expect([old.status, old.body.code, old.body.data.newest]).toEqual([409, 'conflict', daysAgo(1)]);
  const { rows: sources } = await database.pool.query('select stale_after_hours from source');
  expect(sources).toEqual([{ stale_after_hours: 90 }]);
  const { rows } = await database.pool.query('select known_through from evidence');
  expect(rows).toEqual([{ known_through: daysAgo(1) }]);
});

it.each(['users-pivot', 'users-2019', 'users-2016', 'managed'] as const)('takes the shape %s', async (shape) => {
  const { sandbox, upload, take, database } = await setUp({ users: 100 });
  const ready = await upload(await exportOf(sandbox, shape));
  expect(ready.body.state).toBe('ready');
  const taken = await take(ready.body.id, { kind: 'newSource', name: shape }, daysAgo(0));
  expect(taken.body.sync).toMatchObject({ state: 'done', problem: null });
  const { rows } = await database.pool.query('select count(*)::int as n from account');
  expect(rows[0].n).toBe(ready.body.preview.accounts);
  const groups = await database.pool.query('select count(*)::int as n from group_member');
  expect(groups.rows[0].n > 0).toBe(shape === 'users-pivot' || shape === 'users-2016');
});

it('refuses what is no export, and says what it looks like', async () => {
  const { upload, call } = await setUp();
  const refused = await upload('<!doctype html><html><body>Sign in</body></html>');
  expect(refused.body).toMatchObject({ state: 'refused', preview: null, refusal: { code: 'html' } });
  const take = await call('POST', `/uploads/${refused.body.id}/take`, { as: { kind: 'newSource', name: 'x' }, exportedOn: daysAgo(0) });
  expect([take.status, take.body.code]).toEqual([409, 'conflict']);
});

it('lists the problems of a file as CSV', async () => {
  const { upload, call } = await setUp();
  const file = 'User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\na1,Ann,ann@example.com,Active,1 Jan 2024,,User,1/3/2024\na2,Bob,bob@example.com,Active,1 Jan 2024,,User,5 Mar 2024,extra\n';
  const ready = await upload(file);
  expect(ready.body.preview.problemCounts).toEqual({ ambiguousDate: 1, wrongFieldCount: 1 });
  const problems = await call('GET', `/uploads/${ready.body.id}/problems`);
  expect(problems.headers.get('content-type')).toContain('text/csv');
  expect(problems.text.split('\r\n').slice(0, 3).map((line) => line.split(',').slice(0, 3).join(','))).toEqual(['line,column,kind', '2,Last seen in Jira - acme,ambiguousDate', '3,,wrongFieldCount']);
});

it('leaves nothing of a sending that breaks off, and takes it again from the beginning; refuses what is too large', async () => {
  const { http, admin, call, database, upload } = await setUp({ largestUploadBytes: 3_000_000 });
  const made = await call('POST', '/uploads', { fileName: 'a.csv' });
  await new Promise<void>((resolve) => {
    const sending = request(`${http.url}/api/v1/uploads/${made.body.id}/content`, { method: 'PUT', headers: { authorization: `Bearer ${admin.bearer}`, 'content-type': 'application/octet-stream' } });
    sending.on('error', () => { resolve(); });
    sending.write(Buffer.alloc(1_500_000, 'x'));
    setTimeout(() => sending.destroy(), 200);
  });
  await expect.poll(async () => (await database.pool.query('select 1 from upload_chunk')).rowCount).toBe(0);
  expect((await call('GET', `/uploads/${made.body.id}`)).body.state).toBe('receiving');
  await expect(upload('x'.repeat(4_000_000))).rejects.toThrow('tooLarge');
  expect((await call('POST', '/uploads', { fileName: 'b.csv', sizeBytes: 5_000_000 })).body.code).toBe('tooLarge');
});

it('keeps files from people who are limited, and from other workspaces', async () => {
  const { sandbox, upload, http } = await setUp();
  const ready = await upload(await exportOf(sandbox));
  const limited = await http.makePerson({ role: 'operator', sites: ['acme'] });
  const other = await http.makePerson({ role: 'administrator', workspaceId: await http.makeWorkspace('Other') });
  for (const { bearer } of [limited, other]) {
    for (const [method, path] of [['GET', ''], ['GET', '/problems'], ['GET', '/events'], ['DELETE', '']] as const) {
      expect((await http.call(method, `/api/v1/uploads/${ready.body.id}${path}`, { bearer })).status).toBe(404);
    }
  }
});

/** Account by account what the current users export says, from the world itself. Its list of groups does not tell a comma in a name from one between names. */
function exported(sandbox: Sandbox): string[] {
  const lines: string[] = [];
  for (const account of sandbox.truth.accounts()) {
    if ((account.kind !== 'person' && account.kind !== 'service') || account.directories.every((one) => one.membership === 'no_membership')) continue;
    const seats = account.access.filter((access) => access.paths.some((path) => path.role === 'atlassian/user' || path.role === 'atlassian/admin'));
    const accesses = seats.map((access) => `${appOf[access.app] ?? access.app}@${access.site} has ${access.lastActive === null ? 'never' : access.lastActive.slice(0, 10)}`).toSorted();
    const status = account.status === 'active' || account.status === 'suspended' ? account.status : 'deactivated';
    lines.push([account.accountId, account.name, account.email ?? '-', status, account.addedToOrg.slice(0, 10), accesses.join(', '), account.groups.flatMap((group) => group.name.split(', ')).toSorted().join(',')].join(' | '));
  }
  return lines.toSorted();
}

async function inventory(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string[]; accesses: string[]; groups: string[] }>(`
    select array[a.vendor_id, a.name, coalesce(a.email, '-'), a.status, a.added_on::text] as line,
      array(select r.app || '@' || r.site || ' ' || c.holding || ' ' || coalesce(c.last_on::text, c.last_kind) from access c join resource r on r.id = c.resource_id where c.account_id = a.id and c.holding <> 'none') as accesses,
      array(select g.name from group_member m join account_group g on g.id = m.group_id where m.account_id = a.id) as groups
    from account a where a.gone_at is null`);
  return rows.map((row) => [...row.line, row.accesses.toSorted().join(', '), row.groups.toSorted().join(',')].join(' | ')).toSorted();
}
