import { evaluateCondition, judgeUsage } from '@rollcall/core';
import type { Condition, Query, Usage } from '@rollcall/core';
import type { usageCounts } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../db/index.ts';
import { accessExists, compileQuery, render, requiredValues, usageClasses } from '../query/index.ts';
import type { CompileContext } from '../query/index.ts';
import type { AskedInventory } from './ask.ts';
import { accountOf, asksRolledFieldsOnly, coversSomewhere, periodBoundaries, readRollup, tellsUsage } from './rollup.ts';
import type { RollupGroup } from './rollup.ts';
import { visibleAccounts } from './visible-accounts.ts';

export type UsageCounts = z.input<typeof usageCounts>;

/**
 * Per app: how many of the accounts that match hold access, by class. Only accounts with status active unless the query names a status. From the day
 * counts where these can tell, else counted over the rows.
 */
export async function readTotals(db: Kysely<Database>, asked: AskedInventory): Promise<UsageCounts[]> {
  const query = withDefaultStatus(asked.query);
  const { context } = asked;
  const shown = asked.columns.map(({ resourceId }) => resourceId);
  const counts = (await totalsFromRollup(db, query, context, shown)) ?? (await countedTotals(db, query, context, shown));
  return shown.map((resourceId) => counts.get(resourceId) ?? { ...nobody, resourceId, lowUsage: coversSomewhere(context) ? 0 : null });
}

/**
 * The same without telling low usage from active (it counts as active): always from the day counts, at the same cost for any number of accounts. For
 * periods that end today.
 */
export async function readUseTotals(db: Kysely<Database>, asked: AskedInventory): Promise<UsageCounts[]> {
  const shown = asked.columns.map(({ resourceId }) => resourceId);
  const query = withDefaultStatus(asked.query);
  const groups = await readRollup(db, asked.context, { resourceIds: shown, boundaries: periodBoundaries(asked.context), statuses: requiredValues(query.where, 'status') });
  const counts = sumGroups(groups, query, asked.context);
  return shown.map((resourceId) => counts.get(resourceId) ?? { ...nobody, resourceId, lowUsage: null });
}

const nobody = { holders: 0, active: 0, inactive: 0, never: 0, unknown: 0 };

/** Lists of inactive users hold accounts with status active unless asked otherwise (design.md section 6). */
function withDefaultStatus(query: Query): Query {
  if (query.where !== null && namesStatus(query.where)) return query;
  const active: Condition = { kind: 'term', field: 'status', op: '=', values: ['active'] };
  return { ...query, where: query.where === null ? active : { kind: 'and', parts: [query.where, active] } };
}

function namesStatus(node: Condition): boolean {
  switch (node.kind) {
    case 'term':
      return node.field === 'status';
    case 'access':
      return false;
    case 'not':
      return namesStatus(node.part);
    case 'and':
    case 'or':
      return node.parts.some(namesStatus);
  }
}

async function totalsFromRollup(db: Kysely<Database>, query: Query, context: CompileContext, shown: readonly number[]): Promise<Map<number, UsageCounts> | null> {
  const { where } = query;
  if (where !== null && !asksRolledFieldsOnly(where)) return null;
  // Low usage is told apart by the days of history, account by account.
  if (coversSomewhere(context)) return null;
  const groups = await readRollup(db, context, { resourceIds: shown, boundaries: periodBoundaries(context), statuses: requiredValues(where, 'status') });
  if (!tellsUsage(groups, context)) return null;
  return sumGroups(groups, query, context);
}

function sumGroups(groups: readonly RollupGroup[], { where }: Query, context: CompileContext): Map<number, UsageCounts> {
  const counts = new Map<number, UsageCounts>();
  for (const group of groups) {
    if (where !== null && evaluateCondition(where, accountOf(group), context) !== true) continue;
    const { usage } = judgeUsage(group.access, context.period, context.usageRules);
    const { resourceId } = group.access;
    const before = counts.get(resourceId) ?? { ...nobody, resourceId, lowUsage: null };
    counts.set(resourceId, added(before, usage === 'lowUsage' ? 'active' : usage, group.accounts));
  }
  return counts;
}

function added(counts: UsageCounts, usage: Usage, accounts: number): UsageCounts {
  if (usage === 'none') return counts;
  return { ...counts, holders: counts.holders + accounts, [usage]: (counts[usage] ?? 0) + accounts };
}

async function countedTotals(db: Kysely<Database>, query: Query, context: CompileContext, shown: readonly number[]): Promise<Map<number, UsageCounts>> {
  const classes = usageClasses(context);
  const covers = coversSomewhere(context);
  const count = (condition: Parameters<typeof render>[0]) => sql`count(*) filter (where ${render(condition)})`;
  const { rows } = await sql<{ resource_id: number; holders: number; active: number; low: number; inactive: number; never: number }>`
    select x.resource_id, count(*) as holders, ${count(covers ? classes.active : classes.used)} as active, ${covers ? count(classes.lowUsage) : sql`0::bigint`} as low,
      ${count(classes.inactive)} as inactive, ${count(classes.never)} as never
    from account a join access x on x.account_id = a.id
    where ${visibleAccounts(context)} and ${compileQuery(query, context).isTrue} and ${render(accessExists(context))} and x.resource_id = any(${[...shown]}::int[])
    group by x.resource_id`.execute(db);
  return new Map(rows.map(({ resource_id: resourceId, holders, active, low, inactive, never }) => [
    resourceId,
    { resourceId, holders, active, lowUsage: covers ? low : null, inactive, never, unknown: holders - active - low - inactive - never },
  ]));
}
