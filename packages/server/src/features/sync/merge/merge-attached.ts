import { rollUpUsage } from './roll-up.ts';
import { sql } from 'kysely';
import type { MergeContext, MergeCounts } from './merge-context.ts';

/**
 * Takes a file as further evidence about an organisation's accounts (design.md section 6): accounts are matched by their id, else by an e-mail address
 * that only one has; apps by their name and site. Nobody is created, changed or marked gone. What the file said is kept beside the access; the
 * access itself holds the combination: the latest day wins, `never` counts only when nothing says otherwise, an old file overrides nothing newer.
 */
export async function mergeAttached(context: MergeContext): Promise<MergeCounts> {
  const { trx, sync } = context;
  await sql`select pg_advisory_xact_lock(hashtext('realm'), ${sync.source.realmId})`.execute(trx);
  for (const table of ['staged_account', 'staged_access']) await sql`analyze ${sql.table(table)}`.execute(trx);
  const matched = await matchAccounts(context);
  await matchAccesses(context);
  const evidenceId = await evidenceOf(context);
  const kept = await keepReadings(context);
  const changed = await combine(context, evidenceId);
  await rollUpUsage(trx, sync.workspaceId, sync.source.realmId);
  return { ...matched, readings: kept, accessesChanged: changed };
}

async function matchAccounts({ trx, sync }: MergeContext): Promise<MergeCounts> {
  const { realmId } = sync.source;
  await sql`
    create temp table file_account on commit drop as
    select distinct on (s.vendor_id) s.vendor_id, coalesce(a.id, e.id) as account_id, a.id is null and e.several as several
    from staged_account s
    left join account a on a.realm_id = ${realmId} and a.vendor_id = s.vendor_id and a.gone_at is null
    left join (
      select lower(b.email) as email, min(b.id) filter (where c.n = 1) as id, bool_or(c.n > 1) as several
      from account b join (select lower(email) as email, count(*) as n from account where realm_id = ${realmId} and gone_at is null and email is not null group by 1) as c on c.email = lower(b.email)
      where b.realm_id = ${realmId} and b.gone_at is null group by 1) as e on a.id is null and e.email = lower(s.email)
    where s.sync_id = ${sync.id} order by s.vendor_id`.execute(trx);
  const { rows } = await sql<{ matched: number; none: number; several: number }>`
    select count(*) filter (where account_id is not null) as matched, count(*) filter (where account_id is null and several is not true) as none,
      count(*) filter (where account_id is null and several) as several from file_account`.execute(trx);
  const [row] = rows;
  return { accountsMatched: row?.matched ?? 0, accountsUnmatched: row?.none ?? 0, accountsAmbiguous: row?.several ?? 0 };
}

/** One reading per access: two rows of a file about one account combine like any two readings. Accesses that the organisation does not know are not made. */
async function matchAccesses({ trx, sync }: MergeContext): Promise<void> {
  const { realmId } = sync.source;
  await sql`
    create temp table file_reading on commit drop as
    select distinct on (c.id) c.id as access_id, x.last_kind, x.last_on, x.unknown_why
    from staged_access x
    join file_account f on f.vendor_id = x.account_vendor_id and f.account_id is not null
    join staged_resource p on p.sync_id = x.sync_id and p.vendor_id = x.resource_vendor_id
    join resource r on r.realm_id = ${realmId} and r.app = p.app and (lower(r.site) = lower(p.site)
      or p.site = '' and (select count(*) from resource o where o.realm_id = ${realmId} and o.app = p.app and o.gone_at is null) = 1)
    join access c on c.account_id = f.account_id and c.resource_id = r.id
    where x.sync_id = ${sync.id}
    order by c.id, case x.last_kind when 'at' then 0 when 'never' then 1 else 2 end, x.last_on desc nulls last`.execute(trx);
}

async function evidenceOf({ trx, sync, today, now }: MergeContext): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into evidence (workspace_id, source_id, kind, known_through, read_at) values (${sync.workspaceId}, ${sync.source.id}::uuid, 'csv', ${today}::date, ${now})
    on conflict (source_id, kind) do update set known_through = greatest(evidence.known_through, excluded.known_through), read_at = excluded.read_at returning id`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error('The evidence of the file was not made.');
  return row.id;
}

/** What the file said about each access; an older file does not replace what a newer one said. */
async function keepReadings({ trx, sync, today, now }: MergeContext): Promise<number> {
  const result = await sql`
    insert into access_reading (workspace_id, access_id, source_id, last_kind, last_on, unknown_why, known_through, read_at)
    select ${sync.workspaceId}::integer, access_id, ${sync.source.id}::uuid, last_kind, last_on, unknown_why, ${today}::date, ${now} from file_reading
    on conflict (access_id, source_id) do update
    set last_kind = excluded.last_kind, last_on = excluded.last_on, unknown_why = excluded.unknown_why, known_through = excluded.known_through, read_at = excluded.read_at
    where access_reading.known_through is null or access_reading.known_through <= excluded.known_through`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/** The same rule as combineReadings of core: a stronger kind wins, then the later day; the winner keeps its own day up to which it is known. */
async function combine({ trx, sync, today }: MergeContext, evidenceId: number): Promise<number> {
  const { rows } = await sql<{ written: number }>`
    with better as (
      select c.id, m.last_kind, m.last_on
      from file_reading m join access c on c.id = m.access_id left join evidence e on e.id = c.evidence_id
      where m.last_kind = 'at' and (c.last_kind <> 'at' or m.last_on > c.last_on or m.last_on = c.last_on and ${today}::date > coalesce(c.known_through, e.known_through, '0001-01-01'))
        or m.last_kind = 'never' and (c.last_kind = 'unknown' or c.last_kind = 'never' and ${today}::date > coalesce(c.known_through, e.known_through, '0001-01-01'))
    ),
    written as (
      update access c set last_kind = b.last_kind, last_on = b.last_on, last_at = case when c.last_on = b.last_on then c.last_at end, unknown_why = null, evidence_id = ${evidenceId}, known_through = ${today}::date
      from better b where c.id = b.id returning c.id, c.last_on
    ),
    days as (
      insert into activity_month (workspace_id, access_id, month, days)
      select ${sync.workspaceId}::integer, id, date_trunc('month', last_on)::date, 1 << (extract(day from last_on)::integer - 1) from written where last_on is not null
      on conflict (access_id, month) do update set days = activity_month.days | excluded.days
    )
    select count(*) as written from written`.execute(trx);
  return rows[0]?.written ?? 0;
}
