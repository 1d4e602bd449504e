import { conjuncts } from '@rollcall/core';
import type { Query } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import { compileMatchedAccess } from '../query/index.ts';
import { countCap } from './count-capped.ts';
import type { Count } from './count-capped.ts';
import type { AskedInventory } from './ask.ts';
import { asksRolledFieldsOnly } from './rollup.ts';
import { visibleAccounts } from './visible-accounts.ts';

/** So many accesses are looked at: the people who hold them are seldom fewer than two thirds. */
const window = countCap * 1.5;

/**
 * Counts the people of a query that selects them by an access (`app = jira AND usage = inactive`) by going through the accesses that match, which stops early
 * where there are many. Null where it cannot tell: another kind of query, or many accesses of few people.
 */
export async function countByAccesses(db: Kysely<Database>, { query, context }: AskedInventory): Promise<Count | null> {
  if (!selectsByAccess(query)) return null;
  const { condition } = compileMatchedAccess(query, context);
  const { rows } = await sql<{ accounts: number; accesses: number }>`
    select count(distinct account_id) as accounts, count(*) as accesses from (
      select x.account_id from access x join account a on a.id = x.account_id where ${visibleAccounts(context)} and ${condition} limit ${window}::int) found`.execute(db);
  const { accounts, accesses } = rows[0] ?? { accounts: 0, accesses: 0 };
  if (accounts > countCap) return { accounts: countCap, exact: false };
  return accesses < window ? { accounts, exact: true } : null;
}

/**
 * Is an `any access(…)` among what must hold, so that every selected account has an access that matches? And does nothing else narrow the accounts much: a role or a
 * group is better begun with.
 */
function selectsByAccess({ where }: Query): boolean {
  const parts = conjuncts(where);
  const others = parts.filter((part) => part.kind !== 'access');
  return parts.some((part) => part.kind === 'access' && part.quantifier === 'any') && others.every(asksRolledFieldsOnly);
}
