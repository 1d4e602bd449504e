import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { AskedInventory } from './ask.ts';
import { countByAccesses } from './count-by-accesses.ts';
import { countCapped } from './count-capped.ts';
import type { Count } from './count-capped.ts';
import { countFromRollup } from './count-from-rollup.ts';
import { listedBy } from './page.ts';

/** How many accounts match. From the day counts where these can tell exactly; else counted, up to the cap unless `exact` is asked. */
export async function countAccounts(db: Kysely<Database>, asked: AskedInventory, exact: boolean): Promise<Count> {
  const rolled = await countFromRollup(db, asked);
  if (rolled !== null && (rolled.exact || !exact)) return rolled;
  const listed = listedBy(asked);
  if (!exact) return (await countByAccesses(db, asked)) ?? countCapped(db, listed);
  const { rows } = await sql<{ accounts: number }>`select count(*) as accounts from account a where ${listed.condition}`.execute(db);
  return { accounts: rows[0]?.accounts ?? 0, exact: true };
}
