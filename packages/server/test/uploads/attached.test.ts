import { expect, it } from 'vitest';
import { daysAgo, exportOf, setUp } from './support.ts';

const header = 'User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme';
const inWords = (day: string): string => new Date(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).replace('Sept', 'Sep');

async function organisation() {
  const all = await setUp({ users: 150, seed: 6 });
  const { body: source } = await all.call('POST', '/sources', { kind: 'atlassian-org', name: 'Acme', organisationId: all.sandbox.orgId, baseUrl: all.sandbox.url, apiKey: all.sandbox.keys.full });
  const { body: sync } = await all.call('POST', `/sources/${source.id}/syncs`);
  await all.call('GET', `/syncs/${sync.id}/events`);
  const { rows } = await all.database.pool.query<{ id: number; vendor_id: string; email: string; last_on: string }>(`
    select a.id, a.vendor_id, a.email, c.last_on from account a join access c on c.account_id = a.id join resource r on r.id = c.resource_id
    where r.app = 'jira' and r.site = 'acme' and c.last_kind = 'at' and c.last_on < current_date - 60 and a.email is not null and a.status = 'active' order by a.id limit 4`);
  const lastOn = async (accountId: number): Promise<unknown> => (await all.database.pool.query(`select c.last_on, c.known_through from access c join resource r on r.id = c.resource_id where c.account_id = $1 and r.app = 'jira' and r.site = 'acme'`, [accountId])).rows[0];
  return { ...all, sourceId: source.id as string, people: rows, lastOn };
}

it('lets the latest day win, never the older word, and makes nobody', async () => {
  const { people, upload, take, sourceId, lastOn, database, call } = await organisation();
  const [later, earlier, never, byMail] = people;
  if (later === undefined || earlier === undefined || never === undefined || byMail === undefined) throw new Error('too small a world');
  const rows = [
    `${later.vendor_id},A,,Active,,,User,${inWords(daysAgo(9))}`,
    `${earlier.vendor_id},B,,Active,,,User,1 Jan 2020`,
    `${never.vendor_id},C,,Active,,,User,Never accessed`,
    `unknown-id-of-a-known-address,D,${byMail.email},Active,,,User,${inWords(daysAgo(8))}`,
    `nobody,E,nobody@example.com,Active,,,User,${inWords(daysAgo(8))}`,
  ];
  const before = await database.pool.query('select count(*)::int as accounts, count(*) filter (where gone_at is not null)::int as gone, (select count(*)::int from access) as accesses from account');
  const kept = await lastOn(earlier.id);
  const file = await upload(`${header}\n${rows.join('\n')}\n`);
  const taken = await take(file.body.id, { kind: 'attachTo', sourceId }, daysAgo(7));
  expect(taken.body.sync).toMatchObject({ state: 'done', totals: { accountsMatched: 4, accountsUnmatched: 1, accountsAmbiguous: 0, readings: 4, accessesChanged: 2 } });
  expect(await lastOn(later.id)).toEqual({ last_on: daysAgo(9), known_through: daysAgo(7) });
  expect(await lastOn(earlier.id)).toEqual(kept);
  expect(await lastOn(never.id)).toMatchObject({ last_on: never.last_on });
  expect(await lastOn(byMail.id)).toEqual({ last_on: daysAgo(8), known_through: daysAgo(7) });
  const after = await database.pool.query('select count(*)::int as accounts, count(*) filter (where gone_at is not null)::int as gone, (select count(*)::int from access) as accesses from account');
  expect(after.rows).toEqual(before.rows);
  const readings = await database.pool.query('select last_kind, count(*)::int as n from access_reading group by 1 order by 1');
  expect(readings.rows).toEqual([{ last_kind: 'at', n: 3 }, { last_kind: 'never', n: 1 }]);
  const attached = await call('GET', `/sources/${taken.body.sourceId}`);
  expect(attached.body).toMatchObject({ kind: 'csv', attachedTo: sourceId });
});

it('keeps the later word through the next sync, and through an older file', async () => {
  const { people, upload, take, sourceId, lastOn, call } = await organisation();
  const [person] = people;
  if (person === undefined) throw new Error('too small a world');
  const file = (day: string): string => `${header}\n${person.vendor_id},A,,Active,,,User,${inWords(day)}\n`;
  await take((await upload(file(daysAgo(9)))).body.id, { kind: 'attachTo', sourceId }, daysAgo(7));
  const old = await take((await upload(file(daysAgo(40)))).body.id, { kind: 'attachTo', sourceId }, daysAgo(30));
  expect(old.body.sync.totals).toMatchObject({ accessesChanged: 0, readings: 0 });
  expect(await lastOn(person.id)).toEqual({ last_on: daysAgo(9), known_through: daysAgo(7) });
  const { body: sync } = await call('POST', `/sources/${sourceId}/syncs`);
  await call('GET', `/syncs/${sync.id}/events`);
  expect(await lastOn(person.id)).toEqual({ last_on: daysAgo(9), known_through: daysAgo(7) });
});

it('matches a whole export of the same organisation to every account it knows', async () => {
  const { sandbox, upload, take, sourceId } = await organisation();
  const ready = await upload(await exportOf(sandbox));
  const taken = await take(ready.body.id, { kind: 'attachTo', sourceId }, daysAgo(0));
  expect(taken.body.sync.totals).toMatchObject({ accountsMatched: ready.body.preview.accounts, accountsUnmatched: 0, accountsAmbiguous: 0 });
});
