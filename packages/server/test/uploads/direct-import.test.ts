import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { daysAgo, exportOf, setUp } from './support.ts';

it('makes the same rows whether a file goes in directly or is compared first', async () => {
  const { sandbox, upload, take, database } = await setUp({ users: 400, seed: 21 });
  const file = `${await exportOf(sandbox, 'users')}z1,İpek ÇELİK,İpek@EXAMPLE.Test,Active,1 Jan 2024,Organization admin,None,User,None,None,None,None,Never accessed,Never accessed,Never accessed,Never accessed,Never accessed,Never accessed,\nz2,svc-build,,Active,,,None,User,None,None,None,None,Never accessed,,Never accessed,Never accessed,Never accessed,Never accessed,legal\n${hostile}\n`;
  const first = file.split('\n')[1] ?? '';
  const direct = await take((await upload(file)).body.id, { kind: 'newSource', name: 'Direct' }, daysAgo(0));
  // An account that comes again at the end must be merged, so that this file takes the other way.
  const compared = await take((await upload(`${file}${first}\n`)).body.id, { kind: 'newSource', name: 'Compared' }, daysAgo(0));
  expect([direct.body.sync.state, compared.body.sync.state]).toEqual(['done', 'done']);
  expect(direct.body.sync.totals).toEqual({ ...compared.body.sync.totals, pages: direct.body.sync.totals.pages });
  const { rows } = await database.pool.query("select distinct name, details ->> 'orgRole' as role from account where vendor_id = 'z3'");
  expect(rows).toEqual([{ name: String.raw`Ada \u0000`, role: String.raw`Of all \u0000 things` }]);
  expect(await rowsOf(database.pool, direct.body.sourceId)).toEqual(await rowsOf(database.pool, compared.body.sourceId));
});

/** The six characters that JSON writes for NUL: text like any other. */
const hostile = String.raw`z3,Ada \u0000,z3@example.com,Active,,"Of all \u0000 things",None,User,None,None,None,None,Never accessed,,Never accessed,Never accessed,Never accessed,Never accessed,`;

async function rowsOf(pool: Pool, sourceId: string): Promise<unknown> {
  const realm = `(select realm_id from source where id = '${sourceId}')`;
  const queries = [
    `select vendor_id, account_type, status, claim, name, email, email_domain, management_source, platform_roles, directory_ids, suspended_directory_ids, details, added_on, restored_on, looks_like_service,
      protected_by, sort_name, sort_email, search_text, gone_at from account where realm_id = ${realm} order by 1`,
    `select a.vendor_id, r.vendor_id as resource, c.holding, c.last_kind, c.last_on, c.last_at, c.unknown_why, e.kind, e.known_through as evidence, c.known_through, c.granted_on, c.clock_on, c.ended_on,
      (select array_agg(m.month || ':' || m.days) from activity_month m where m.access_id = c.id) as months
      from access c join account a on a.id = c.account_id join resource r on r.id = c.resource_id left join evidence e on e.id = c.evidence_id where a.realm_id = ${realm} order by 1, 2`,
    `select vendor_id, app, site, site_url, seats_used, seats_limit, gone_at from resource where realm_id = ${realm} order by 1`,
    `select g.vendor_id, g.name, g.modifiable, g.grants_admin, a.vendor_id as account from group_member m join account_group g on g.id = m.group_id join account a on a.id = m.account_id where g.realm_id = ${realm} order by 1, 5`,
    `select r.vendor_id, u.status, u.account_type, u.claim, u.holding, u.last_kind, u.last_on, u.clock_on, u.known_through, u.accounts
      from usage_day u join resource r on r.id = u.resource_id where r.realm_id = ${realm} order by 1, 2, 3, 4, 5, 6, 7, 8`,
    `select history_from, last_full_read_at::date from source where id = '${sourceId}'`,
  ];
  return Promise.all(queries.map(async (query) => (await pool.query<Record<string, unknown>>(query)).rows));
}
