import { sql } from 'kysely';
import type { Database } from '../../../db/index.ts';
import type { Kysely } from 'kysely';

/**
 * SHA-256 over everything a plan says: its order (source, action, what it undoes, parameters, basis) and each row in order. Made in the database, where the rows are, when the plan is
 * frozen and again before it is applied: a row changed in between is found.
 */
export async function digestPlan(db: Kysely<Database>, planId: string): Promise<Buffer> {
  const { rows } = await sql<{ digest: Buffer }>`
    select sha256(convert_to(concat_ws(chr(10), p.format, p.id, p.source_id, p.action, coalesce(p.undo_of::text, '-'), p.params::text, p.basis::text,
      (select string_agg(encode(sha256(convert_to(concat_ws('|', i.seq, a.vendor_id, i.resource_ids::text, i.decision, i.reason, coalesce(i.reason_data::text, '-'), i.before::text, i.calls::text, i.side_effects::text), 'UTF8')), 'hex'), chr(10) order by i.seq)
        from plan_item i join account a on a.id = i.account_id where i.plan_id = p.id)), 'UTF8')) as digest
    from plan p where p.id = ${planId}`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('There is no such plan to digest.');
  return row.digest;
}
