import type { Transaction } from 'kysely';
import type { Database } from '../../db/index.ts';
import { holdRealm } from '../sync/index.ts';

/** Must stand before every lock on rows of the run: see `holdRealm`. */
export async function holdRealmOfRun(trx: Transaction<Database>, workspaceId: number, runId: string): Promise<void> {
  const run = await trx.selectFrom('run').innerJoin('source', 'source.id', 'run.source_id').select('source.realm_id').where('run.id', '=', runId).where('run.workspace_id', '=', workspaceId).executeTakeFirst();
  if (run !== undefined) await holdRealm(trx, run.realm_id);
}
