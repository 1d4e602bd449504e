import { parsePeriod, parseQuery } from '@rollcall/core';
import type { CivilDate, Query } from '@rollcall/core';
import type { Kysely } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { contextOf, readLists, requiredValues } from '../query/index.ts';
import type { AskedContext, WorkspaceLists } from '../query/index.ts';
import { columnsOf } from './columns.ts';
import type { InventoryColumn } from './columns.ts';

/** What an inventory screen asks, as it stands in addresses. */
export interface InventoryQuestion {
  readonly q: string;
  readonly period: string;
  readonly asOf?: CivilDate | undefined;
}

/** The question with everything it is answered against. */
export interface AskedInventory {
  readonly query: Query;
  readonly context: AskedContext;
  readonly columns: readonly InventoryColumn[];
  readonly period: ResolvedPeriod;
  readonly hasExemptions: boolean;
  readonly now: Date;
}

/** The days a period means, in the time zone they are counted in. */
export interface ResolvedPeriod {
  readonly text: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly asOf: CivilDate;
  readonly past: boolean;
  readonly timeZone: string;
}

/** Throws RequestProblem `badQuery` with the place of the error, or `badPeriod`. */
export async function askInventory(db: Kysely<Database>, scope: Scope, question: InventoryQuestion, now: Date): Promise<AskedInventory> {
  const query = readQuery(question.q);
  const spec = parsePeriod(question.period);
  if (spec === null) throw new RequestProblem({ code: 'badPeriod', title: 'Not a period', detail: 'Write the period like last-3-months, 90d or 2026-01-01..2026-03-31.' });
  const lists = await readLists(db, scope.workspaceId);
  const { freshnessHours, lowUsageDays } = lists.settings;
  const asked = { period: spec, asOf: question.asOf ?? null, now, freshnessHours, lowUsageDays };
  const context = contextOf(lists, scope, { ...asked, sourceId: zoneSource(lists, scope, query) });
  const columns = columnsOf(lists, scope);
  const { period, asOf, timeZone } = context;
  return { query, context, columns, period: { text: question.period, from: period.from, to: period.to, asOf, past: period.past, timeZone }, hasExemptions: lists.hasExemptions, now };
}

export function readQuery(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed.ok) return parsed.query;
  const { message, from, to, code } = parsed.error;
  throw new RequestProblem({ code: 'badQuery', title: 'The query cannot be read', detail: message, data: { at: from, from, to, code } });
}

/** The source whose days count: the one that the query names, else the first that the asker may see. Null: the workspace's first. */
function zoneSource({ sources }: WorkspaceLists, scope: Scope, query: Query): string | null {
  const named = requiredValues(query.where, 'source');
  const fallback = scope.sourceIds?.[0] ?? null;
  if (named === null) return fallback;
  const visible = sources.filter(({ id, attached }) => !attached && (scope.sourceIds === null || scope.sourceIds.includes(id)));
  return visible.find(({ id, name }) => named.some((value) => value === id || value.toLowerCase() === name.toLowerCase()))?.id ?? fallback;
}
