import { findShrunken } from './suspicious.ts';
import { sql } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { Kysely } from 'kysely';
import type { OpenSync } from './sync-record.ts';
import type { ReadStep } from '@rollcall/connectors/kit';

/** The reads that a step is made of: one per directory, group or account that earlier steps staged, in an order that a restart repeats. */
export async function scopesOf(db: Kysely<Database>, sync: OpenSync, step: ReadStep, missing: readonly ('members' | 'accesses')[]): Promise<readonly string[]> {
  switch (step.over) {
    case 'all':
      return [''];
    case 'directories':
      return texts(db, sql`select distinct vendor_id as scope from staged_directory where sync_id = ${sync.id} order by 1`);
    case 'grantingGroups':
      return texts(db, sql`select distinct vendor_id as scope from staged_group where sync_id = ${sync.id} and grants_apps order by 1`);
    case 'groupsWithoutMembers':
      return missing.includes('members') ? texts(db, sql`select distinct vendor_id as scope from staged_group where sync_id = ${sync.id} order by 1`) : [];
    case 'missingAccounts':
      return sync.source.hasFullRead && !sync.progress.confirmed && (await findShrunken(db, sync)) === null ? texts(db, missingAccounts(sync)) : [];
    case 'accountsWithoutActivity':
      return texts(db, accountsWithoutActivity(sync, missing.includes('accesses')));
  }
}

/**
 * Accounts that the inventory holds and no list named. Those that are not asked about stay as they are until the next sync: only the vendor's own word
 * about an account ends it (ADR 16). Suspiciously many are not asked about: the whole reading is held.
 */
function missingAccounts(sync: OpenSync) {
  return sql`
    select a.vendor_id as scope from account a
    where a.realm_id = ${sync.source.realmId} and a.gone_at is null
      and (not exists (select 1 from staged_account s where s.sync_id = ${sync.id} and s.vendor_id = a.vendor_id)
        or exists (select 1 from sync_step p where p.sync_id = ${sync.id} and p.step = 'missing' and p.scope = a.vendor_id))
    order by 1 limit ${mostAccountsOneByOne}`;
}

/** At some 200 a minute, which is what the vendor allows, this many are twenty minutes of a sync; the rest come in the next ones. */
const mostAccountsOneByOne = 4_000;
/** Suspended and deactivated accounts take no seat: a few of them with each sync are enough. */
const mostWithoutSeat = 50;

/**
 * Accounts whose activity the bulk read did not give, most useful first: active ones before others, longest unread first, so that a budget
 * of some 200 a minute is spent where it decides something. The readings of this step itself are left aside, so that a restart finds the same list.
 */
function accountsWithoutActivity(sync: OpenSync, all: boolean) {
  return sql`
    with accesses as (
      select account_vendor_id, bool_or(evidence_kind <> 'lastActiveDates') as named,
        bool_or(evidence_kind <> 'lastActiveDates' and holding <> 'none' and last_kind = 'unknown') and not bool_or(evidence_kind = 'managedAccounts' and last_kind = 'at') as open
      from staged_access where sync_id = ${sync.id} group by account_vendor_id, resource_vendor_id
    ),
    holders as (select account_vendor_id, count(*) filter (where named) as named, bool_or(open) as open from accesses group by account_vendor_id)
    select scope from (
    select staged.vendor_id as scope, staged.rank, known.known, row_number() over (partition by staged.rank > 0 order by staged.rank, known.known nulls first, staged.vendor_id) as place
    from (
      select s.vendor_id, min(case s.status when 'active' then 0 when 'suspended' then 1 else 2 end) as rank
      from staged_account s left join holders h on h.account_vendor_id = s.vendor_id
      where s.sync_id = ${sync.id} and s.account_type = 'atlassian'
        and (${all} or (s.details ->> 'resources')::integer > coalesce(h.named, 0) or h.open)
      group by s.vendor_id
    ) as staged
    left join account a on a.realm_id = ${sync.source.realmId} and a.vendor_id = staged.vendor_id
    left join lateral (
      select min(coalesce(c.known_through, e.known_through)) as known
      from access c join evidence e on e.id = c.evidence_id and e.kind = 'lastActiveDates' where c.account_id = a.id) as known on true
    ) as ranked
    where rank = 0 or place <= ${mostWithoutSeat}
    order by rank, known nulls first, scope
    limit ${mostAccountsOneByOne}`;
}

async function texts(db: Kysely<Database>, query: ReturnType<typeof sql>): Promise<readonly string[]> {
  const { rows } = await sql<{ scope: string }>`${query}`.execute(db);
  return rows.map((row) => row.scope);
}
