import { freshStatistics } from './fresh-statistics.ts';
import { sharedWork } from '../../../db/index.ts';
import { sql } from 'kysely';
import type { Database } from '../../../db/index.ts';
import type { Transaction } from 'kysely';

/** The same at the end of a run, unless a reading is being taken in: that makes the counts anew by itself, and until then they are right, in more rows. */
export async function rollUpUnlessTaken(trx: Transaction<Database>, workspaceId: number, realmId: number): Promise<void> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(hashtext('realm'), ${realmId}) as free`.execute(trx);
  if (rows[0]?.free === true) await rollUpUsage(trx, workspaceId, realmId);
}

/**
 * Counts the accounts of a realm, and its accesses by day and by month, for Home and for totals. Made again whole at the end of a sync, an import and a run, in the same
 * transaction: the counts never disagree with the rows for longer than that. Rows that are read together are written together: a question then reads few pages.
 */
export async function rollUpUsage(trx: Transaction<Database>, workspaceId: number, realmId: number): Promise<void> {
  // One at a time: a second would not see the rows of the first, and count everything twice.
  await sql`select pg_advisory_xact_lock(hashtext('realm'), ${realmId})`.execute(trx);
  await freshStatistics(trx, ['account', 'access']);
  await sql`delete from account_count where realm_id = ${realmId}`.execute(trx);
  await sql`
    insert into account_count (workspace_id, realm_id, accounts)
    select ${workspaceId}::integer, ${realmId}::integer, count(*) from account where realm_id = ${realmId} and gone_at is null`.execute(trx);
  await sql`delete from usage_day u using resource r where r.id = u.resource_id and r.realm_id = ${realmId}`.execute(trx);
  // Counted into a table between: what a question only reads, the database does with several processes, and what it also writes with one.
  await sharedWork(trx, () => sql`
    create temp table counted_usage on commit drop as
    select ${workspaceId}::integer as workspace_id, c.resource_id, a.status, a.account_type, a.claim, c.holding, c.last_kind, c.last_on,
      case when c.last_kind = 'at' and c.clock_on > c.last_on then c.clock_on end as clock_on, c.evidence_id, c.known_through, count(*) as accounts
    from access c join account a on a.id = c.account_id
    where a.realm_id = ${realmId} and a.gone_at is null and c.holding <> 'none'
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`.execute(trx));
  await sql`
    insert into usage_day (workspace_id, resource_id, status, account_type, claim, holding, last_kind, last_on, clock_on, evidence_id, known_through, accounts)
    select * from counted_usage order by resource_id, last_on`.execute(trx);
  await sql`drop table counted_usage`.execute(trx);
  await sql`delete from usage_month u using resource r where r.id = u.resource_id and r.realm_id = ${realmId}`.execute(trx);
  await sql`
    insert into usage_month (workspace_id, resource_id, status, account_type, claim, holding, last_kind, last_month, clock_month, evidence_id, known_through, accounts)
    select d.workspace_id, d.resource_id, d.status, d.account_type, d.claim, d.holding, d.last_kind, date_trunc('month', d.last_on)::date, date_trunc('month', d.clock_on)::date,
      d.evidence_id, d.known_through, sum(d.accounts)
    from usage_day d join resource r on r.id = d.resource_id where r.realm_id = ${realmId}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 order by 2, 8`.execute(trx);
}
