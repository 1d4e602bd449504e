import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import type { FileAnswer } from '../../http/handler.ts';
import { csvLine } from '../../http/csv-line.ts';
import { allPlanItems } from './plan-items.ts';

/** A plan as CSV: a row per person with decision, reason, before, calls and side effects. */
export async function planFile(db: Kysely<Database>, planId: string): Promise<FileAnswer> {
  return { fileName: `rollcall-plan-${planId}.csv`, contentType: 'text/csv; charset=utf-8', rows: await countRows(db, planId, null), chunks: planLines(db, planId) };
}

async function* planLines(db: Kysely<Database>, planId: string): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['Row', 'Decision', 'Reason', 'Account id', 'Name', 'E-mail', 'Before', 'Changes', 'Side effects'])}`;
  for await (const item of allPlanItems(db, planId)) {
    yield csvLine([String(item.seq), item.decision, item.reason.text, item.vendorId, item.name ?? '', item.email ?? '', item.before.join('; '), item.calls.map((call) => call.text).join('; '), item.sideEffects.map((effect) => effect.text).join('; ')]);
  }
}

/** What the identity provider has to take away: account, e-mail, group, provider, for every row whose path it owns. */
export async function removalFile(db: Kysely<Database>, planId: string): Promise<FileAnswer> {
  return { fileName: `rollcall-removal-${planId}.csv`, contentType: 'text/csv; charset=utf-8', rows: await countRows(db, planId, 'managedByIdp'), chunks: removalLines(db, planId) };
}

const idpData = z.object({ groups: z.array(z.object({ group: z.string(), groupId: z.string().optional(), provider: z.string().nullish() })).default([]) });

async function* removalLines(db: Kysely<Database>, planId: string): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['Account id', 'E-mail', 'Name', 'Group', 'Group id', 'Provider'])}`;
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('plan_item as i')
      .innerJoin('account as a', 'a.id', 'i.account_id')
      .where('i.plan_id', '=', planId)
      .where('i.reason', '=', 'managedByIdp')
      .where('i.seq', '>', after)
      .orderBy('i.seq')
      .limit(1_000)
      .select(['i.seq', 'a.vendor_id', 'a.email', 'a.name', 'i.reason_data'])
      .execute();
    for (const row of rows) for (const group of idpData.parse(row.reason_data ?? {}).groups) yield csvLine([row.vendor_id, row.email ?? '', row.name ?? '', group.group, group.groupId ?? '', group.provider ?? '']);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

async function countRows(db: Kysely<Database>, planId: string, reason: string | null): Promise<number> {
  const row = await db
    .selectFrom('plan_item')
    .where('plan_id', '=', planId)
    .$if(reason !== null, (query) => query.where('reason', '=', reason ?? ''))
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return row.rows;
}
