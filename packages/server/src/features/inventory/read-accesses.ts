import { parseCivilDate, startOfMonth } from '@rollcall/core';
import type { CivilDate, QueriedAccess } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { keptPlan } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { AccessTable } from '../../db/schema.ts';
import { accessFactColumns, accessFacts, daysOfMonth } from '../query/index.ts';
import type { AccessFactColumn, CompileContext } from '../query/index.ts';
import { coversSomewhere } from './rollup.ts';

type AccessRow = Pick<Selectable<AccessTable>, 'account_id' | AccessFactColumn> & { readonly months: unknown };

const columns = sql.join((['account_id', ...accessFactColumns] as const).map((name) => sql.ref(`x.${name}`)));

const months = z.record(z.string(), z.number().int()).nullable();

/**
 * The accesses of the accounts that the asker may see, as core judges them: with the days of the period on which they were used, where these can change the class. They
 * cannot where the last activity lies in the period and nobody tells low usage. By account id; one query.
 */
export async function readAccessesOf(db: Kysely<Database>, context: CompileContext, accountIds: readonly number[]): Promise<ReadonlyMap<number, readonly QueriedAccess[]>> {
  const { from, to } = context.period;
  const allowed = context.allowedResourceIds;
  const { rows } = await sql<AccessRow>`
    ${keptPlan} select ${columns}, case when ${coversSomewhere(context)}::boolean or x.last_kind <> 'at' or x.last_on not between ${from}::date and ${to}::date
      then (select jsonb_object_agg(m.month, m.days) from activity_month m where m.access_id = x.id and m.month between ${startOfMonth(from)}::date and ${startOfMonth(to)}::date) end as months
    from access x where x.account_id = any(${[...accountIds]}::bigint[]) and x.workspace_id = ${context.workspaceId}::int
      and (${allowed === null}::boolean or x.resource_id = any(${[...(allowed ?? [])]}::int[]))
    order by x.account_id, x.resource_id`.execute(db);
  const byAccount = new Map<number, QueriedAccess[]>();
  for (const row of rows) {
    const list = byAccount.get(row.account_id) ?? [];
    if (list.length === 0) byAccount.set(row.account_id, list);
    list.push(...accessFacts(row, activeDays(row.months), context));
  }
  return byAccount;
}

function activeDays(stored: unknown): readonly CivilDate[] {
  const parsed = months.parse(stored);
  if (parsed === null) return [];
  return Object.entries(parsed).flatMap(([month, bits]) => {
    const first = parseCivilDate(month);
    return first === null ? [] : daysOfMonth(first, bits);
  });
}
