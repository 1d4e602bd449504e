import type { RouteResult, routes } from '@rollcall/contract';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import type { FileAnswer } from '../../http/handler.ts';
import { csvLine } from '../../http/csv-line.ts';
import { callSentence, reasonSentence } from '../plans/index.ts';
import { RequestProblem } from '../../app/problem.ts';

export type RunItemDto = RouteResult<typeof routes.runs.items>['items'][number];

export interface RunItemFilter {
  readonly state?: string | undefined;
  readonly search?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

function itemRows(db: Kysely<Database>, runId: string) {
  return db
    .selectFrom('run_item as i')
    .innerJoin('account as a', 'a.id', 'i.account_id')
    .where('i.run_id', '=', runId)
    .select(['i.id', 'i.seq', 'i.account_id', 'a.name', 'a.email', 'a.vendor_id', 'i.state', 'i.reason', 'i.reason_data', 'i.message', 'i.observed', 'i.updated_at']);
}
type ItemRow = Awaited<ReturnType<ReturnType<typeof itemRows>['executeTakeFirstOrThrow']>>;

/** Per person: what was done, with every call and the vendor's words. The caller has shown that the run may be seen. */
export async function listRunItems(db: Kysely<Database>, runId: string, filter: RunItemFilter): Promise<{ items: RunItemDto[]; next: string | null }> {
  const rows = await itemRows(db, runId)
    .$if(filter.state !== undefined, (query) => query.where(sql<boolean>`i.state = ${filter.state}`))
    .$if(filter.search !== undefined && filter.search !== '', (query) => query.where('a.search_text', 'like', `%${(filter.search ?? '').toLowerCase().replaceAll(/[\\%_]/gu, '\\$&')}%`))
    .$if(filter.after !== undefined, (query) => query.where('i.seq', '>', Number(filter.after)))
    .orderBy('i.seq')
    .limit(filter.limit + 1)
    .execute();
  const page = rows.slice(0, filter.limit);
  return { items: await withCalls(db, page), next: rows.length > filter.limit ? String(page.at(-1)?.seq ?? 0) : null };
}

export async function readRunItem(db: Kysely<Database>, runId: string, itemId: number): Promise<RunItemDto> {
  const [item] = await withCalls(db, await itemRows(db, runId).where('i.id', '=', itemId).execute());
  if (item === undefined) throw new RequestProblem({ code: 'notFound', detail: 'There is no such row in this run.' });
  return item;
}

async function withCalls(db: Kysely<Database>, rows: readonly ItemRow[]): Promise<RunItemDto[]> {
  const ids = rows.map((row) => row.id);
  const calls = ids.length === 0 ? [] : await db.selectFrom('run_call').where('run_item_id', 'in', ids).orderBy('ordinal').selectAll().execute();
  const byItem = Map.groupBy(calls, (call) => call.run_item_id);
  return rows.map((row) => ({
    id: row.id, seq: row.seq, accountId: row.account_id, name: row.name, email: row.email, vendorId: row.vendor_id, state: row.state,
    reason: row.reason === null ? null : reasonSentence(row.reason, row.reason_data), message: row.message, recheck: recheckOf(row.observed), updatedAt: row.updated_at.toISOString(),
    calls: (byItem.get(row.id) ?? []).map((call) => ({
      ...callSentence(call.call), ordinal: call.ordinal, state: call.state, intentAt: call.intent_at?.toISOString() ?? null, outcomeAt: call.outcome_at?.toISOString() ?? null,
      errorKind: call.error_kind, vendorStatus: call.vendor_status, vendorCode: call.vendor_code, vendorMessage: call.vendor_message,
    })),
  }));
}

const recheckShape = z.object({ recheck: z.object({ at: z.string(), answer: z.enum(['done', 'notDone', 'cannotTell']) }) });

function recheckOf(observed: object | null): RunItemDto['recheck'] {
  const parsed = recheckShape.safeParse(observed);
  return parsed.success ? parsed.data.recheck : null;
}

/** A run log as CSV. */
export async function runFile(db: Kysely<Database>, runId: string): Promise<FileAnswer> {
  const row = await db.selectFrom('run_item').where('run_id', '=', runId).select((eb) => eb.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow();
  return { fileName: `rollcall-run-${runId}.csv`, contentType: 'text/csv; charset=utf-8', rows: row.rows, chunks: runLines(db, runId) };
}

async function* runLines(db: Kysely<Database>, runId: string): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['Row', 'Account id', 'Name', 'E-mail', 'Result', 'Reason', 'Message', 'Changes', "Vendor's words", 'At', 'Read again', 'Found then'])}`;
  let after: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof listRunItems>> = await listRunItems(db, runId, { after, limit: 500 });
    for (const item of page.items) {
      const words = item.calls.flatMap((call) => (call.vendorMessage === null ? [] : [`${call.vendorStatus ?? ''} ${call.vendorCode ?? ''} ${call.vendorMessage}`.trim()]));
      yield csvLine([String(item.seq), item.vendorId, item.name ?? '', item.email ?? '', item.state, item.reason?.text ?? '', item.message ?? '', item.calls.map((call) => `${call.text}: ${call.state}`).join('; '), words.join('; '), item.updatedAt, item.recheck?.at ?? '', item.recheck?.answer ?? '']);
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
}
