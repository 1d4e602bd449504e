import { sql } from 'kysely';
import { RequestProblem } from '../../../app/problem.ts';
import type { Database } from '../../../db/index.ts';
import type { Transaction } from 'kysely';

interface OneAccount {
  readonly accountId: number;
  readonly realmId: number;
}

/**
 * Changes the inventory of one account outside of a sync, and keeps the counts by day and by month equal to the rows: they get what the account counted before as a negative row, and
 * what it counts now. The next sync or end of a run makes them anew. Waits while a reading of the realm is being taken in: neither must see half of the other.
 */
export async function keepCounts(trx: Transaction<Database>, account: OneAccount, change: () => Promise<void>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('realm'), ${account.realmId})`.execute(trx);
  await sql`select from account where id = ${account.accountId} for update`.execute(trx);
  await count(trx, account, -1);
  await change();
  await count(trx, account, 1);
}

/** False while a reading of the realm is being taken in, or its counts are made anew; else nobody begins to until this transaction ends. */
export async function mayChangeRealm(trx: Transaction<Database>, realmId: number): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock_shared(hashtext('realm'), ${realmId}) as free`.execute(trx);
  return rows[0]?.free === true;
}

/** For what people ask for: throws `overloaded` while a reading of the realm is being taken in, instead of waiting for it with a connection. */
export async function holdRealm(trx: Transaction<Database>, realmId: number): Promise<void> {
  if (await mayChangeRealm(trx, realmId)) return;
  throw new RequestProblem({ code: 'overloaded', title: 'A reading is being taken in', detail: 'What a sync read of this organisation is being taken into the inventory, which can take minutes. Nothing was changed; try again when the sync is done.' });
}

async function count(trx: Transaction<Database>, { accountId }: OneAccount, by: 1 | -1): Promise<void> {
  await sql`
    with counted as (
      insert into usage_day (workspace_id, resource_id, status, account_type, claim, holding, last_kind, last_on, clock_on, evidence_id, known_through, accounts)
      select x.workspace_id, x.resource_id, a.status, a.account_type, a.claim, x.holding, x.last_kind, x.last_on,
        case when x.last_kind = 'at' and x.clock_on > x.last_on then x.clock_on end, x.evidence_id, x.known_through, ${by}::integer
      from access x join account a on a.id = x.account_id where x.account_id = ${accountId} and x.holding <> 'none' and a.gone_at is null
      returning *)
    insert into usage_month (workspace_id, resource_id, status, account_type, claim, holding, last_kind, last_month, clock_month, evidence_id, known_through, accounts)
    select workspace_id, resource_id, status, account_type, claim, holding, last_kind, date_trunc('month', last_on)::date, date_trunc('month', clock_on)::date, evidence_id, known_through, accounts
    from counted`.execute(trx);
}

/** Writes down that the vendor was asked about this account alone, at `at`: a reading that was begun before is older. `runId`: by which run; null: by a re-check. */
export async function noteObserved(trx: Transaction<Database>, { accountId, workspaceId, at, runId }: { readonly accountId: number; readonly workspaceId: number; readonly at: Date; readonly runId: string | null }): Promise<void> {
  await sql`
    insert into account_observation (account_id, workspace_id, observed_at, run_id) values (${accountId}, ${workspaceId}, ${at}, ${runId}::uuid)
    on conflict (account_id) do update set observed_at = excluded.observed_at, run_id = excluded.run_id where account_observation.observed_at <= excluded.observed_at or account_observation.observed_at > clock_timestamp() + interval '5 s'`.execute(trx);
}
