import { domainCovers } from '../../exemptions/index.ts';
import { observedSince } from './merge-context.ts';
import { roughStatistics } from './fresh-statistics.ts';
import { sharedWork } from '../../../db/index.ts';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { RealmContext } from './merge-context.ts';

/** The columns of an access that a reading says, in the order in which they are written. */
export const takenColumns = [
  'holding', 'last_kind', 'last_on', 'last_at', 'unknown_why', 'evidence_id', 'known_through', 'granted_on', 'clock_on', 'ended_on',
] as const;

/** What was there when the source was first read is not known to have been granted on that day. */
export function grantedWhenNew({ sync, today }: RealmContext): RawBuilder<unknown> {
  return sync.source.hasFullRead ? sql`${today}::date` : sql`null::date`;
}

/**
 * Compares what was read with the accesses that stand, and makes `differing_access(difference, access_id, account_id, resource_id, …)`, with what the access becomes: `added`: it
 * does not stand yet (`holding` null: only read, not told); `changed`: it becomes another than it is; `vanished`: it stands and was not read.
 */
export async function compareAccesses(begun: RealmContext): Promise<void> {
  const context = await releaseExempted(begun);
  if (context.sync.source.kind === 'csv' && (await compareStaged(context))) return;
  await gather(context);
  await compare(context, sql`merged_access`);
}

/** The same readings for a realm in which nobody stands: `merged_access(account_id, resource_id, …)`, one row per access. */
export async function gatherReadings(context: RealmContext): Promise<void> {
  await gather(await releaseExempted(context));
}

interface ReadContext extends RealmContext {
  /** Somebody's exemption ended: mostly nobody's, and then nobody of millions need be looked up. */
  readonly someReleased: boolean;
}

/**
 * The clock of whom an exemption covered begins anew on the day it ended, by hand or by its date (design.md section 6): `released(account_id, released_on)`. Without a row of it a
 * sync would set the clock back to the day the access was granted.
 */
async function releaseExempted(context: RealmContext): Promise<ReadContext> {
  const { trx, sync, today } = context;
  await sql`
    create temp table released on commit drop as
    with over as (
      select *, least(ended_at::date, ends_on + 1) as released_on from exemption
      where workspace_id = ${sync.workspaceId} and least(ended_at::date, ends_on + 1) <= ${today}::date
    ),
    hits as (
      select a.id, o.released_on from over o join account a on o.kind = 'account' and a.realm_id = o.realm_id and a.vendor_id = o.subject where a.realm_id = ${sync.source.realmId}
      union all
      select a.id, o.released_on from over o join account a on o.kind = 'domain' and a.realm_id = ${sync.source.realmId} and ${domainCovers(sql`o.subject`, sql`a.email_domain`)}
      union all
      select m.account_id, o.released_on from over o join account_group g on o.kind = 'group' and g.realm_id = o.realm_id and g.vendor_id = o.subject and g.realm_id = ${sync.source.realmId}
        join group_member m on m.group_id = g.id
    )
    select id as account_id, max(released_on) as released_on from hits group by id`.execute(trx);
  await roughStatistics(trx, ['released']);
  const { rows } = await sql<{ some: boolean }>`select exists (select from released) as some`.execute(trx);
  return { ...context, someReleased: rows[0]?.some === true };
}

/**
 * The staged readings, one per access: the latest `at` wins, `never` only counts when nothing says otherwise, unknown never overrides
 * (core/last-active.ts says the same about two readings).
 */
const strongest = sql`case x.last_kind when 'at' then 0 when 'never' then 1 else 2 end, x.last_on desc nulls last, x.last_at desc nulls last, x.known_through desc nulls last, x.evidence_kind desc`;

/** Who holds access is told by any reading that knows it, whichever tells best about activity. Rows of a file that disagree leave it unknown. */
const holdingInFile = sql`case when min(x.holding) over same = max(x.holding) over same then x.holding else 'unknown' end`;
const holdingOfAll = sql`case when bool_or(x.holding = 'has') over same then 'has' when bool_or(x.holding = 'none') over same then 'none' else 'unknown' end`;

async function gather(context: ReadContext): Promise<void> {
  const { trx, sync } = context;
  await sql`
    create temp table merged_access on commit drop as
    select distinct on (a.id, r.id) ${readColumns(context, sync.source.kind === 'csv' ? holdingInFile : holdingOfAll)}
    ${staged(context)}
    window same as (partition by a.id, r.id)
    order by a.id, r.id, ${strongest}`.execute(trx);
  await sql`create unique index on merged_access (account_id, resource_id)`.execute(trx);
  await roughStatistics(trx, ['merged_access']);
}

/** Who holds access stays as the vendor said later about this account alone; last activity counts whenever it was read. Null: not told by this reading. */
function toldOf(context: RealmContext, holding: RawBuilder<unknown>): RawBuilder<unknown> {
  return context.isEmpty ? holding : sql`case when ${observedSince(context, sql`a.id`)} then null else ${holding} end`;
}

function readColumns(context: ReadContext, holding: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`a.id as account_id, r.id as resource_id, ${toldOf(context, holding)} as holding, x.last_kind, x.last_on, x.last_at, x.unknown_why, x.known_through,
      e.id as evidence_id, greatest(a.added_on, a.restored_on${context.someReleased ? sql`, l.released_on` : sql``}) as clock_from`;
}

function staged({ sync: { id, source }, someReleased }: ReadContext): RawBuilder<unknown> {
  return sql`from staged_access x
    join account a on a.realm_id = ${source.realmId} and a.vendor_id = x.account_vendor_id
    join resource r on r.realm_id = ${source.realmId} and r.vendor_id = x.resource_vendor_id
    left join evidence e on e.source_id = ${source.id} and e.kind = x.evidence_kind
    ${someReleased ? sql`left join released l on l.account_id = a.id` : sql``}
    where x.sync_id = ${id}`;
}

/**
 * Where no access was read twice, as in most files, the readings need not be sorted and kept first: they are compared as they come, by several processes of the database at once.
 * False: one was read twice, and nothing was made.
 */
async function compareStaged(context: ReadContext): Promise<boolean> {
  const { trx } = context;
  await sql`savepoint compared`.execute(trx);
  await compare(context, sql`(select ${readColumns(context, sql`x.holding`)} ${staged(context)})`);
  const once = await wasReadOnce(context);
  await sql`${once ? sql`release` : sql`rollback to`} savepoint compared`.execute(trx);
  return once;
}

/**
 * Every access that stands is met by one reading at most: then as many readings are met as stand and did not vanish. One that was read twice would be one too many,
 * one whose account or app is not there one as well.
 */
async function wasReadOnce({ trx, sync }: RealmContext): Promise<boolean> {
  const count = async (rows: RawBuilder<unknown>): Promise<number> => (await sql<{ n: number }>`select count(*) as n from ${rows}`.execute(trx)).rows[0]?.n ?? 0;
  const read = await count(sql`staged_access where sync_id = ${sync.id}`);
  const standing = await count(sql`access c join resource r on r.id = c.resource_id where r.realm_id = ${sync.source.realmId}`);
  const vanished = await count(sql`differing_access where difference = 'vanished'`);
  const added = await count(sql`differing_access where difference = 'added'`);
  const addedTwice = await count(sql`(select from differing_access where difference = 'added' group by account_id, resource_id having count(*) > 1) as twice`);
  return read - added === standing - vanished && addedTwice === 0;
}

/** True when the reading m is at least as good as the row c: then it replaces it. */
const isBetter = sql`c.id is null
    or m.last_kind = 'at' and (c.last_kind <> 'at' or m.last_on >= c.last_on)
    or m.last_kind = 'never' and c.last_kind <> 'at'
    or m.last_kind = 'unknown' and c.last_kind = 'unknown'`;

/** What a row becomes, over `access c` and the readings `m`. */
function wantedOf(context: RealmContext): Readonly<Record<(typeof takenColumns)[number], RawBuilder<unknown>>> {
  const granted = sql`case when c.id is null then ${grantedWhenNew(context)} when c.holding = 'none' and m.holding <> 'none' then ${context.today}::date else c.granted_on end`;
  const read = (ofReading: RawBuilder<unknown>, kept: RawBuilder<unknown>) => sql`case when b.better then ${ofReading} else ${kept} end`;
  return {
    holding: sql`coalesce(m.holding, c.holding)`,
    last_kind: read(sql`m.last_kind`, sql`c.last_kind`),
    last_on: read(sql`m.last_on`, sql`c.last_on`),
    last_at: read(sql`coalesce(m.last_at, case when c.last_on = m.last_on then c.last_at end)`, sql`c.last_at`),
    unknown_why: read(sql`m.unknown_why`, sql`c.unknown_why`),
    evidence_id: read(sql`m.evidence_id`, sql`c.evidence_id`),
    // What is kept against a weaker reading is known no longer than it was when it was read.
    known_through: read(sql`m.known_through`, sql`coalesce(c.known_through, c.evidence_through)`),
    granted_on: granted,
    clock_on: sql`greatest(${granted}, m.clock_from)`,
    ended_on: sql`case when m.holding is null then c.ended_on end`,
  };
}

/** Without a query within this one, and over staged readings without a table that only this connection sees: either keeps the database from sharing the work among processes. */
async function compare(context: RealmContext, readings: RawBuilder<unknown>): Promise<void> {
  const { trx, sync } = context;
  const wanted = wantedOf(context);
  await sharedWork(trx, () => sql`
    create temp table differing_access on commit drop as
    select case when c.id is null then 'added' when m.account_id is null then 'vanished' else 'changed' end as difference,
      c.id as access_id, m.account_id, m.resource_id, ${sql.join(takenColumns.map((column) => sql`${wanted[column]} as ${sql.ref(column)}`))}
    from ${readings} as m
    full join (
      select a.*, f.known_through as evidence_through from access a join resource s on s.id = a.resource_id left join evidence f on f.id = a.evidence_id where s.realm_id = ${sync.source.realmId}
    ) as c on c.account_id = m.account_id and c.resource_id = m.resource_id
    cross join lateral (select ${isBetter} as better) as b
    where c.id is null or m.account_id is null
      or (${sql.join(takenColumns.map((column) => sql.ref(`c.${column}`)))}) is distinct from (${sql.join(takenColumns.map((column) => wanted[column]))})`.execute(trx));
  await roughStatistics(trx, ['differing_access']);
}
