import { sql } from 'kysely';
import type { Dependencies } from './dependencies.ts';
import { transaction } from '../db/index.ts';

/** Any number that nobody else uses for a lock of a transaction on this database. */
const lock = 0x77_6f_72_6b;

/** The id of the first workspace; an installation starts with one. Two nodes that start at once make it once. */
export async function ensureFirstWorkspace(deps: Dependencies): Promise<number> {
  return transaction(deps.pool, async (trx) => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(trx);
    const first = await trx.selectFrom('workspace').select('id').orderBy('id').executeTakeFirst();
    if (first !== undefined) return first.id;
    const made = await trx.insertInto('workspace').values({ key: deps.newId(), name: 'Main', created_at: deps.now() }).returning('id').executeTakeFirstOrThrow();
    return made.id;
  });
}
