import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { isUniqueViolation } from '../../../db/index.ts';
import { observedSince } from './merge-context.ts';
import type { MergeContext, MergeCounts, RealmContext } from './merge-context.ts';

/**
 * The staged readings, one per access: the latest `at` wins, `never` only counts when nothing says otherwise, unknown never overrides
 * (core/last-active.ts says the same about two readings).
 */
const strongest = sql`case x.last_kind when 'at' then 0 when 'never' then 1 else 2 end, x.last_on desc nulls last, x.last_at desc nulls last, x.known_through desc nulls last, x.evidence_kind desc`;

/** Who holds access is told by any reading that knows it, whichever tells best about activity. Rows of a file that disagree leave it unknown. */
const holdingInFile = sql`case when min(x.holding) over same = max(x.holding) over same then x.holding else 'unknown' end`;
const holdingOfAll = sql`case when bool_or(x.holding = 'has') over same then 'has' when bool_or(x.holding = 'none') over same then 'none' else 'unknown' end`;

const index = sql`create unique index on merged_access (account_id, resource_id)`;

/**
 * Brings the access rows of the realm to what was read. A reading that says less than what is known does not replace it: the known day stays, and keeps
 * the day up to which it was known. Accesses that were not read any more end; they stay as history.
 */
export async function mergeAccesses(context: RealmContext): Promise<MergeCounts> {
  await prepare(context);
  // What was not read any more is looked for first: once many rows are written anew, they stand in no order, and reading all of them takes three times as long.
  const ended = context.isEmpty ? 0 : await endVanished(context);
  const changed = context.isEmpty ? 0 : await updateChanged(context);
  const added = await insertMissing(context);
  await keepDays(context);
  return { accessesChanged: changed, accessesAdded: added, accessesEnded: ended };
}

async function prepare(context: RealmContext): Promise<void> {
  const { trx } = context;
  if (context.sync.source.kind !== 'csv' || !(await prepareUnique(context))) await prepareRepeated(context);
  await sql`analyze merged_access`.execute(trx);
  await sql`create temp table changed_day (access_id bigint, last_on date) on commit drop`.execute(trx);
}

/** Who holds access stays as the vendor said later about this account alone; last activity counts whenever it was read. Null: not told by this reading. */
function toldOf(context: RealmContext, holding: RawBuilder<unknown>): RawBuilder<unknown> {
  return context.isEmpty ? holding : sql`case when ${observedSince(context, sql`a.id`)} then null else ${holding} end`;
}

async function prepareRepeated(context: RealmContext): Promise<void> {
  const { trx, sync } = context;
  await sql`
    create temp table merged_access on commit drop as
    select distinct on (a.id, r.id) ${mergedColumns(context, sync.source.kind === 'csv' ? holdingInFile : holdingOfAll)}
    ${staged(sync)}
    window same as (partition by a.id, r.id)
    order by a.id, r.id, ${strongest}`.execute(trx);
  await index.execute(trx);
}

/** The same where no access was read twice, as in most files: without sorting millions of rows. False where one was: then nothing was made. */
async function prepareUnique(context: RealmContext): Promise<boolean> {
  const { trx, sync } = context;
  await sql`savepoint unique_accesses`.execute(trx);
  try {
    await sql`create temp table merged_access on commit drop as select ${mergedColumns(context, sql`x.holding`)} ${staged(sync)}`.execute(trx);
    await index.execute(trx);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await sql`rollback to savepoint unique_accesses`.execute(trx);
    return false;
  }
  await sql`release savepoint unique_accesses`.execute(trx);
  return true;
}

function mergedColumns(context: RealmContext, holding: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`a.id as account_id, r.id as resource_id, ${toldOf(context, holding)} as holding, x.last_kind, x.last_on, x.last_at, x.unknown_why, x.known_through,
      e.id as evidence_id, a.added_on, a.restored_on`;
}

function staged({ id, source }: RealmContext['sync']): RawBuilder<unknown> {
  return sql`from staged_access x
    join account a on a.realm_id = ${source.realmId} and a.vendor_id = x.account_vendor_id
    join resource r on r.realm_id = ${source.realmId} and r.vendor_id = x.resource_vendor_id
    left join evidence e on e.source_id = ${source.id} and e.kind = x.evidence_kind
    where x.sync_id = ${id}`;
}

/** True when the reading m is at least as good as the row c: then it replaces it. */
const better = sql`(m.last_kind = 'at' and (c.last_kind <> 'at' or m.last_on >= c.last_on)
    or m.last_kind = 'never' and c.last_kind <> 'at'
    or m.last_kind = 'unknown' and c.last_kind = 'unknown')`;

/** What a row becomes, over `access c` and `merged_access m`. */
function wantedOf(today: string): readonly (readonly [column: string, value: RawBuilder<unknown>])[] {
  const granted = sql`case when c.holding = 'none' and m.holding <> 'none' then ${today}::date else c.granted_on end`;
  const read = (ofReading: RawBuilder<unknown>, kept: RawBuilder<unknown>) => sql`case when ${better} then ${ofReading} else ${kept} end`;
  return [
    ['holding', sql`coalesce(m.holding, c.holding)`],
    ['last_kind', read(sql`m.last_kind`, sql`c.last_kind`)],
    ['last_on', read(sql`m.last_on`, sql`c.last_on`)],
    ['last_at', read(sql`coalesce(m.last_at, case when c.last_on = m.last_on then c.last_at end)`, sql`c.last_at`)],
    ['unknown_why', read(sql`m.unknown_why`, sql`c.unknown_why`)],
    ['evidence_id', read(sql`m.evidence_id`, sql`c.evidence_id`)],
    // What is kept against a weaker reading is known no longer than it was when it was read.
    ['known_through', read(sql`m.known_through`, sql`coalesce(c.known_through, (select e.known_through from evidence e where e.id = c.evidence_id))`)],
    ['granted_on', granted],
    ['clock_on', sql`greatest(${granted}, m.added_on, m.restored_on)`],
    ['ended_on', sql`case when m.holding is null then c.ended_on end`],
  ];
}

/**
 * In the order in which the rows stand: by a hash join of millions they come in pieces, each of which goes through all of the table and its indexes once more, and
 * are left in no order for the next reading (ADR 23).
 */
async function updateChanged({ trx, today }: MergeContext): Promise<number> {
  const wanted = wantedOf(today);
  await sql`set local enable_hashjoin to off`.execute(trx);
  // The values stand twice instead of in a table between: joining millions of rows a second time costs more than working the values out again.
  // What was written goes to one reader, and is counted there: for two the database would keep millions of rows aside.
  const result = await sql`
    with written as (
      update access c set ${sql.join(wanted.map(([column, value]) => sql`${sql.ref(column)} = ${value}`))}
      from merged_access m
      where c.account_id = m.account_id and c.resource_id = m.resource_id
        and (${sql.join(wanted.map(([column]) => sql.ref(`c.${column}`)))}) is distinct from (${sql.join(wanted.map(([, value]) => value))})
      returning c.id, c.last_on
    )
    insert into changed_day select id, last_on from written`.execute(trx);
  await sql`set local enable_hashjoin to default`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

async function insertMissing({ trx, sync, today, isEmpty }: RealmContext): Promise<number> {
  // What was there when the source was first read is not known to have been granted on that day.
  const granted = sync.source.hasFullRead ? sql`${today}::date` : sql`null::date`;
  const result = await sql`
    with written as (
      insert into access (workspace_id, account_id, resource_id, holding, last_kind, last_on, last_at, unknown_why, evidence_id, known_through, granted_on, clock_on)
      select ${sync.workspaceId}::integer, m.account_id, m.resource_id, m.holding, m.last_kind, m.last_on, m.last_at, m.unknown_why, m.evidence_id, m.known_through,
        ${granted}, greatest(${granted}, m.added_on, m.restored_on)
      from merged_access m
      where ${isEmpty ? sql`true` : sql`m.holding is not null and not exists (select 1 from access c where c.account_id = m.account_id and c.resource_id = m.resource_id)`}
      returning id, last_on
    )
    insert into changed_day select id, last_on from written`.execute(trx);
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
    from resource r, account a
    where r.id = c.resource_id and r.realm_id = ${sync.source.realmId} and a.id = c.account_id and c.holding <> 'none'
      and not exists (select 1 from merged_access m where m.account_id = c.account_id and m.resource_id = c.resource_id)
      and (a.gone_at is not null or exists (select 1 from merged_account q where q.account_id = a.id) and ${surelyNotHeld(sync)})`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/** Keeps the day of each changed reading in the month's bitmap: bit 0 is the first of the month. */
async function keepDays({ trx, sync }: MergeContext): Promise<void> {
  await sql`
    insert into activity_month (workspace_id, access_id, month, days)
    select ${sync.workspaceId}::integer, access_id, date_trunc('month', last_on)::date, 1 << (extract(day from last_on)::integer - 1) from changed_day where last_on is not null
    on conflict (access_id, month) do update set days = activity_month.days | excluded.days
    where activity_month.days & excluded.days <> excluded.days`.execute(trx);
}
