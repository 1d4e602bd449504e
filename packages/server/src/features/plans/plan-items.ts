import type { RouteResult, routes } from '@rollcall/contract';
import { appTitle } from '@rollcall/core';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import { callSentence, effectSentence, reasonSentence } from './sentences.ts';

export type PlanItemDto = RouteResult<typeof routes.plans.items>['items'][number];

export interface ItemFilter {
  readonly decision?: 'act' | 'skip' | 'look' | undefined;
  readonly reason?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

const beforeShape = z.object({ status: z.string(), accesses: z.array(z.tuple([z.number(), z.string(), z.string().nullable()], z.unknown())) });

/** Rows of a plan that the caller has shown may be seen, in the plan's order. The cursor is the number of the last row. */
export async function listPlanItems(db: Kysely<Database>, planId: string, filter: ItemFilter): Promise<{ items: PlanItemDto[]; next: string | null }> {
  const rows = await db
    .selectFrom('plan_item as i')
    .innerJoin('account as a', 'a.id', 'i.account_id')
    .where('i.plan_id', '=', planId)
    .$if(filter.decision !== undefined, (query) => query.where('i.decision', '=', filter.decision ?? 'act'))
    .$if(filter.reason !== undefined, (query) => query.where('i.reason', '=', filter.reason ?? ''))
    .$if(filter.after !== undefined, (query) => query.where('i.seq', '>', Number(filter.after)))
    .orderBy('i.seq')
    .limit(filter.limit + 1)
    .select(['i.seq', 'i.account_id', 'a.name', 'a.email', 'a.vendor_id', 'i.decision', 'i.reason', 'i.reason_data', 'i.before', 'i.calls', 'i.side_effects', 'i.resource_ids'])
    .execute();
  const names = await namesOf(db, planId);
  const page = rows.slice(0, filter.limit);
  const items = page.map((row) => {
    const calls = z.array(z.unknown()).parse(row.calls).map(callSentence);
    return {
      seq: row.seq, accountId: row.account_id, name: row.name, email: row.email, vendorId: row.vendor_id, decision: row.decision, reason: reasonSentence(row.reason, row.reason_data),
      before: beforeLines(row.before, row.resource_ids, names), after: row.decision === 'act' ? calls.map((call) => call.text) : [], calls,
      sideEffects: z.array(z.unknown()).parse(row.side_effects).map(effectSentence),
    };
  });
  return { items, next: rows.length > filter.limit ? String(page.at(-1)?.seq ?? 0) : null };
}

type Names = ReadonlyMap<number, string>;
async function namesOf(db: Kysely<Database>, planId: string): Promise<Names> {
  const { rows } = await sql<{ id: number; app: string; site: string }>`select r.id, r.app, r.site from resource r join source s on s.realm_id = r.realm_id join plan p on p.source_id = s.id where p.id = ${planId}`.execute(db);
  return new Map(rows.map((row) => [row.id, `${appTitle(row.app)} (${row.site})`]));
}

function beforeLines(before: object, resourceIds: readonly number[], names: Names): string[] {
  const parsed = beforeShape.safeParse(before);
  if (!parsed.success) return [];
  const shown = resourceIds.length === 0 ? parsed.data.accesses : parsed.data.accesses.filter(([id]) => resourceIds.includes(id));
  return shown.map(([id, kind, on]) => `${names.get(id) ?? 'App'}: ${kind === 'at' ? `last active ${on ?? ''}` : kind === 'never' ? 'never accessed' : 'last activity unknown'}`);
}

/** All rows of a plan in pieces, for files: constant memory whatever its size. */
export async function* allPlanItems(db: Kysely<Database>, planId: string, filter: Omit<ItemFilter, 'after' | 'limit'> = {}): AsyncGenerator<PlanItemDto> {
  let after: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof listPlanItems>> = await listPlanItems(db, planId, { ...filter, after, limit: 1_000 });
    yield* page.items;
    after = page.next ?? undefined;
  } while (after !== undefined);
}
