import type pg from 'pg';
import { transaction } from '../../packages/server/src/db/index.ts';
import { rollUpUsage } from '../../packages/server/src/features/sync/index.ts';

/** The day on which the invented organisation was read. */
export const inventoryToday = '2026-11-22';
const inventorySites = ['acme', 'acme-support', 'acme-labs'] as const;
const inventoryApps = ['jira', 'confluence', 'jira-service-management'] as const;

export interface FilledInventory {
  readonly workspaceId: number;
  readonly realmId: number;
  readonly sourceId: string;
  /** The app on the site, by `app/site`; `compass/acme-labs` is held by few. */
  readonly resourceIds: ReadonlyMap<string, number>;
  readonly accounts: number;
  readonly accesses: number;
  readonly memberships: number;
}

/** Reads of the catalogue give names that need no quoting. */
interface StoredIndex {
  readonly indexname: string;
  readonly indexdef: string;
}

const givenNames = 'Ada Ben Chloé Dmitri Emeka Fatima Grace Hiro Ines Jonas Zoë Olga Pat Amir Bruna Carlos Dana Elif Farid Gita Hugo Ivan Jana Kofi Lena Mateo Nadia Omar Priya Quinn Rosa Sven Tara Uma Viktor Wei Ximena Yusuf نور עדי 花子 太郎 葵 陽翔 結衣 蓮 美咲 大輔 健一 直樹 由美 翔太 さくら 陽菜 拓海 恵子 誠 智子 悠真 明日香'.split(' ');
const familyNames = "Lane Okafor Müller Petrov Silva Tanaka Vogel O'Neil Kowalski Nguyen Berg Costa Ivanov Smith Jones Brown Garcia Rossi Dubois Novak Larsen Virtanen Haddad Cohen Singh Patel Khan Chen Li Wang Kim Park Lopez Moreau Weber Schulz Janssen Horvat Popescu Yilmaz 佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 前田 藤田".split(' ');

const filledTables = ['account', 'access', 'activity_month', 'group_member', 'account_group'];

/**
 * Fills a migrated database with an organisation of `accounts` people, about three accesses and four memberships each, and the rollups that a sync leaves.
 * Everything follows from the number of the account, so that two fillings are the same. Indexes are made after the rows. Meant for
 * databases that hold nothing else.
 */
export async function fillInventory(pool: pg.Pool, accounts: number): Promise<FilledInventory> {
  const client = await pool.connect();
  try {
    const number = async (text: string, values: readonly unknown[] = []): Promise<number> => Number(Object.values((await client.query<Record<string, unknown>>(text, [...values])).rows[0] ?? {})[0]);
    await client.query(`create or replace function pg_temp.dice(n bigint, salt int, below int) returns int language sql immutable parallel safe as $$ select (hashint8extended(n, salt) & 2147483647)::int % below $$`);
    const workspaceId = await number(`insert into workspace (key, name) values (gen_random_uuid(), 'Acme') returning id`);
    const realmId = await number(`insert into realm (workspace_id, kind, vendor_id, name) values ($1, 'atlassian-org', 'org', 'Acme') returning id`, [workspaceId]);
    const sourceId = '01900000-0000-7000-8000-000000000001';
    await client.query(`insert into source (id, workspace_id, realm_id, kind, name, last_full_read_at, history_from) values ($1, $2, $3, 'atlassian-org', 'Acme', $4, $5)`, [sourceId, workspaceId, realmId, `${inventoryToday}T06:00:00Z`, '2026-11-08']);
    const evidenceId = await number(`insert into evidence (workspace_id, source_id, kind, known_through, read_at) values ($1, $2, 'orgSearch', $3, $4) returning id`, [workspaceId, sourceId, inventoryToday, `${inventoryToday}T06:00:00Z`]);
    await client.query(`insert into directory (workspace_id, realm_id, vendor_id, name) values ($1, $2, 'dir-1', 'Default')`, [workspaceId, realmId]);
    const resourceIds = new Map<string, number>();
    for (const [app, site] of [...inventorySites.flatMap((site) => inventoryApps.map((app) => [app, site] as const)), ['compass', 'acme-labs'] as const]) {
      resourceIds.set(`${app}/${site}`, await number(`insert into resource (workspace_id, realm_id, vendor_id, app, site, site_url) values ($1, $2, $3, $4, $5, $6) returning id`, [workspaceId, realmId, `${app}/${site}`, app, site, `https://${site}.example`]));
    }
    const indexes = await dropIndexes(client);
    // The rows refer to each other by construction: checking eleven million references takes longer than making the rows.
    await client.query('set session_replication_role = replica');
    await fillAccounts(client, { workspaceId, realmId, accounts });
    await client.query('analyze account');
    await fillAccesses(client, { workspaceId, evidenceId, accounts, resources: [...resourceIds.values()] });
    await fillGroups(client, { workspaceId, realmId });
    for (const index of indexes) await client.query(index.indexdef);
    await client.query('reset session_replication_role');
    await transaction(pool, (trx) => rollUpUsage(trx, workspaceId, realmId));
    await client.query('vacuum analyze');
    return { workspaceId, realmId, sourceId, resourceIds, accounts, accesses: await number('select count(*) from access'), memberships: await number('select count(*) from group_member') };
  } finally {
    client.release();
  }
}

async function dropIndexes(client: pg.ClientBase): Promise<readonly StoredIndex[]> {
  const { rows } = await client.query<StoredIndex>(
    `select indexname, indexdef from pg_indexes where schemaname = current_schema() and tablename = any($1)
       and indexname not in (select conname from pg_constraint)`, [filledTables]);
  for (const { indexname } of rows) await client.query(`drop index ${indexname}`);
  return rows;
}

async function fillAccounts(client: pg.ClientBase, at: { workspaceId: number; realmId: number; accounts: number }): Promise<void> {
  await client.query(`
    insert into account (workspace_id, realm_id, vendor_id, account_type, status, claim, name, email, email_domain, management_source, platform_roles, directory_ids, details, added_on,
      looks_like_service, protected_by, sort_name, sort_email, search_text)
    select $1, $2, vendor_id, account_type, status, claim, name, email, domain, case when n % 10 < 6 then 'synced' end, roles, array[1], jsonb_build_object('department', dept), added_on,
      service, case when account_type = 'app' then 'appAccount' when account_type = 'customer' then 'customerAccount' when roles <> '{}' then 'platformRole' end,
      lower(coalesce(name, vendor_id)), lower(coalesce(email, '')), lower(concat_ws(' ', name, email, vendor_id))
    from (
      select n, '712020:' || md5(n::text) as vendor_id,
        ($4::text[])[1 + pg_temp.dice(n, 1, array_length($4::text[], 1))] || ' ' || ($5::text[])[1 + pg_temp.dice(n, 2, array_length($5::text[], 1))]
          || case when pg_temp.dice(n, 3, 3) = 0 then '' else ' ' || pg_temp.dice(n, 4, 5000) end as name,
        case when pg_temp.dice(n, 5, 50) = 0 then null else 'user' || n || '@' || d.domain end as email,
        case when pg_temp.dice(n, 5, 50) = 0 then null else d.domain end as domain,
        case when pg_temp.dice(n, 6, 100) = 0 then 'app' when pg_temp.dice(n, 6, 100) = 1 then 'customer' else 'atlassian' end as account_type,
        case when pg_temp.dice(n, 7, 100) < 92 then 'active' when pg_temp.dice(n, 7, 100) < 96 then 'suspended' when pg_temp.dice(n, 7, 100) < 99 then 'deactivated' else 'invited' end as status,
        case when d.domain = 'acme.example' then 'managed' else 'unmanaged' end as claim,
        case when pg_temp.dice(n, 8, 2000) = 0 then array['organization/admin'] else '{}' end::text[] as roles,
        (array['Engineering','Sales','Finance','Support','People'])[1 + pg_temp.dice(n, 9, 5)] as dept,
        case when pg_temp.dice(n, 10, 20) = 0 then null else date '${inventoryToday}' - pg_temp.dice(n, 11, 2500) end as added_on,
        pg_temp.dice(n, 12, 200) = 0 as service
      from generate_series(1, $3::bigint) as n
      cross join lateral (select case when pg_temp.dice(n, 13, 20) < 17 then 'acme.example' else 'contractor' || (pg_temp.dice(n, 14, 500) * pg_temp.dice(n, 15, 100) / 100) || '.example' end as domain) d
    ) as made`, [at.workspaceId, at.realmId, at.accounts, givenNames, familyNames]);
}

async function fillAccesses(client: pg.ClientBase, at: { workspaceId: number; evidenceId: number; accounts: number; resources: readonly number[] }): Promise<void> {
  const rare = at.resources.at(-1);
  await client.query(`
    insert into access (workspace_id, account_id, resource_id, holding, last_kind, last_on, unknown_why, evidence_id, clock_on)
    select $1, id, resource_id, case when pg_temp.dice(k, 21, 100) = 0 then 'none' else 'has' end, kind,
      case when kind = 'at' then date '${inventoryToday}' - case when pg_temp.dice(k, 22, 10) < 7 then pg_temp.dice(k, 23, 80) else 80 + pg_temp.dice(k, 24, 900) end end,
      case when kind = 'unknown' then 'notGiven' end, $2, case when pg_temp.dice(k, 27, 20) = 0 then added_on else date '2020-01-01' end
    from (
      select a.id, a.added_on, r.resource_id, a.id * 16 + r.n as k,
        case when pg_temp.dice(a.id * 16 + r.n, 20, 100) < 85 then 'at' when pg_temp.dice(a.id * 16 + r.n, 20, 100) < 93 then 'never' else 'unknown' end as kind
      from account a cross join unnest($3::int[]) with ordinality as r(resource_id, n)
      where a.workspace_id = $1 and case when r.resource_id = $4 then pg_temp.dice(a.id, 25, 5000) = 0 else pg_temp.dice(a.id * 16 + r.n, 26, 9) < 3 end
    ) as made`, [at.workspaceId, at.evidenceId, at.resources, rare]);
  await client.query(`
    insert into activity_month (workspace_id, access_id, month, days)
    select $1, id, date_trunc('month', last_on)::date, 1 << (extract(day from last_on)::int - 1) from access where last_on >= date '${inventoryToday}' - 120`, [at.workspaceId]);
}

async function fillGroups(client: pg.ClientBase, at: { workspaceId: number; realmId: number }): Promise<void> {
  await client.query(`
    insert into account_group (workspace_id, realm_id, directory_id, vendor_id, name)
    select $1::int, $2::int, 1, 'users-' || r.id, r.app || '-users-' || r.site from resource r where r.workspace_id = $1
    union all select $1::int, $2::int, 1, 'team-' || n, 'team-' || n from generate_series(1, 2000) as n`, [at.workspaceId, at.realmId]);
  await client.query(`
    insert into group_grant (workspace_id, group_id, resource_vendor_id, resource_id, role)
    select $1, g.id, r.vendor_id, r.id, 'atlassian/user' from resource r join account_group g on g.realm_id = $2 and g.vendor_id = 'users-' || r.id`, [at.workspaceId, at.realmId]);
  await client.query(`
    insert into group_member (workspace_id, group_id, account_id)
    select $1::int, g.id, x.account_id from access x join account_group g on g.vendor_id = 'users-' || x.resource_id where x.holding = 'has'
    union all
    select $1::int, g.id, a.id from account a join account_group g on g.vendor_id = 'team-' || (1 + pg_temp.dice(a.id, 30, 2000)) where a.workspace_id = $1`, [at.workspaceId]);
}
