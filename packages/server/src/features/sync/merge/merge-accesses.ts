import { compareAccesses, gatherReadings, grantedWhenNew, takenColumns } from './compare-accesses.ts';
import { sql } from 'kysely';
import type { MergeContext, MergeCounts, RealmContext } from './merge-context.ts';

/**
 * Brings the access rows of the realm to what was read. A reading that says less than what is known does not replace it: the known day stays, and keeps
 * the day up to which it was known. Accesses that were not read any more end; they stay as history.
 */
export async function mergeAccesses(context: RealmContext): Promise<MergeCounts> {
  await sql`create temp table added_day (access_id bigint, last_on date) on commit drop`.execute(context.trx);
  const counts = context.isEmpty ? await fillEmpty(context) : await takeDifferences(context);
  await keepDays(context);
  return counts;
}

async function fillEmpty(context: RealmContext): Promise<MergeCounts> {
  await gatherReadings(context);
  return { accessesChanged: 0, accessesAdded: await insertMissing(context), accessesEnded: 0 };
}

async function takeDifferences(context: RealmContext): Promise<MergeCounts> {
  await compareAccesses(context);
  const changed = await updateChanged(context);
  const added = await insertMissing(context);
  return { accessesChanged: changed, accessesAdded: added, accessesEnded: await endVanished(context) };
}

/**
 * In the order in which the rows stand: by a hash join of millions they come in pieces, each of which goes through all of the table and its indexes once more, and are left in no
 * order for the next reading (ADR 23).
 */
async function updateChanged({ trx }: MergeContext): Promise<number> {
  await sql`set local enable_hashjoin to off`.execute(trx);
  const result = await sql`
    update access c set ${sql.join(takenColumns.map((column) => sql`${sql.ref(column)} = d.${sql.ref(column)}`))}
    from differing_access d where d.difference = 'changed' and c.id = d.access_id`.execute(trx);
  await sql`set local enable_hashjoin to default`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

async function insertMissing(context: RealmContext): Promise<number> {
  const { trx, sync, isEmpty } = context;
  const columns = sql.join(takenColumns.map((column) => sql.ref(column)));
  const granted = grantedWhenNew(context);
  const everything = sql`(select m.*, ${granted} as granted_on, greatest(${granted}, m.clock_from) as clock_on, null::date as ended_on from merged_access m) as m`;
  const result = await sql`
    with written as (
      insert into access (workspace_id, account_id, resource_id, ${columns})
      select ${sync.workspaceId}::integer, account_id, resource_id, ${columns}
      from ${isEmpty ? everything : sql`differing_access where difference = 'added' and holding is not null`}
      returning id, last_on
    )
    insert into added_day select id, last_on from written`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/**
 * An app that a bulk read does not name is not surely one that is not held: never used apps may be left out, and so may all when the vendor
 * gives none. Sure is what the account's own roles say, and what a bulk read says that counts no more apps than it names.
 */
function surelyNotHeld({ id, progress, source }: MergeContext['sync']) {
  if (source.kind === 'csv') return sql`true`;
  const readAlone = sql`exists (select 1 from sync_step p where p.sync_id = ${id} and p.step = 'activity' and p.scope = a.vendor_id and p.done)`;
  if (progress.missing.includes('accesses')) return readAlone;
  return sql`(${readAlone} or (
    not exists (select 1 from direct_role d where d.account_id = c.account_id and d.resource_id = c.resource_id)
    and (a.account_type <> 'atlassian' or coalesce((a.details ->> 'resources')::integer, 0) <= (select count(*) from merged_access n where n.account_id = a.id))))`;
}

async function endVanished({ trx, sync, today }: MergeContext): Promise<number> {
  const result = await sql`
    update access c set holding = 'none', ended_on = ${today}::date
    from differing_access d, account a
    where d.difference = 'vanished' and c.id = d.access_id and a.id = c.account_id and c.holding <> 'none'
      and (a.gone_at is not null or exists (select 1 from merged_account q where q.account_id = a.id) and ${surelyNotHeld(sync)})`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/** Keeps the day of each changed reading in the month's bitmap: bit 0 is the first of the month. In the order of the accesses, as they were added. */
async function keepDays({ trx, sync, isEmpty }: RealmContext): Promise<void> {
  const days = isEmpty ? sql`added_day` : sql`(
      select access_id, last_on from differing_access where difference = 'changed' union all select access_id, last_on from added_day order by access_id
    ) as day`;
  await sql`
    insert into activity_month (workspace_id, access_id, month, days)
    select ${sync.workspaceId}::integer, access_id, date_trunc('month', last_on)::date, 1 << (extract(day from last_on)::integer - 1) from ${days} where last_on is not null
    on conflict (access_id, month) do update set days = activity_month.days | excluded.days
    where activity_month.days & excluded.days <> excluded.days`.execute(trx);
}
