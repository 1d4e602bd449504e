import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Database } from '../../db/index.ts';
import { withinLimits } from '../inventory/index.ts';

export interface FoundAccount {
  readonly id: number;
  readonly realmId: number;
  readonly vendorId: string;
}

/** The account, gone ones included, when the asker may see it. Throws RequestProblem `notFound` alike for what is not there and what is hidden. */
export async function findAccount(db: Kysely<Database>, workspaceId: number, allowedResourceIds: readonly number[] | null, accountId: number): Promise<FoundAccount> {
  const { rows } = await sql<FoundAccount>`
    select a.id, a.realm_id as "realmId", a.vendor_id as "vendorId" from account a
    where a.id = ${accountId}::bigint and a.workspace_id = ${workspaceId}::int and ${withinLimits({ allowedResourceIds })}`.execute(db);
  const account = rows[0];
  if (account === undefined) throw new RequestProblem({ code: 'notFound', title: 'No such account', detail: 'This account is not in the inventory, or you may not see it. Open it from the inventory again.' });
  return account;
}
