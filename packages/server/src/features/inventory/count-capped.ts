import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { CompileContext } from '../query/index.ts';
import type { Listed } from './find-page.ts';
import { visibleAccounts } from './visible-accounts.ts';

/** Up to this many accounts are counted one by one unless an exact count is asked. */
export const countCap = 1_000;

export interface Count {
  readonly accounts: number;
  /** False: at least this many. */
  readonly exact: boolean;
}

export async function countCapped(db: Kysely<Database>, listed: Listed): Promise<Count> {
  const { rows } = await sql<{ accounts: number }>`select count(*) as accounts from (select from account a where ${listed.condition} limit ${countCap + 1}::int) found`.execute(db);
  const accounts = rows[0]?.accounts ?? 0;
  return accounts > countCap ? { accounts: countCap, exact: false } : { accounts, exact: true };
}

/** All accounts that the asker may see. For who may see all: from the counts that syncs and observations leave. */
export async function countVisible(db: Kysely<Database>, context: CompileContext): Promise<number> {
  if (context.allowedResourceIds === null) {
    const { rows } = await sql<{ accounts: number }>`select coalesce(sum(accounts), 0) as accounts from account_count where workspace_id = ${context.workspaceId}::int`.execute(db);
    return rows[0]?.accounts ?? 0;
  }
  const { rows } = await sql<{ accounts: number }>`select count(*) as accounts from account a where ${visibleAccounts(context)}`.execute(db);
  return rows[0]?.accounts ?? 0;
}
