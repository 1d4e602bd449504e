import { restoredReason } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Database } from '../../../db/index.ts';

/** What a restore left standing still. */
export interface Settled {
  readonly pausedRuns: number;
  readonly cancelledSyncs: number;
}

/** Far more take-overs than any run or sync sees: a worker of before the restore is fenced, whatever epoch it holds. */
const epochStep = 1_000_000;

/**
 * Between the backup and now the old database may have done everything that stands open in the restored one. So nothing goes on by itself: everything is
 * paused (no schedule starts), open runs are paused one by one as well, so that ending the pause does not wake them, and open syncs, whose staged rows no backup
 * holds, are cancelled. Cancelling runs change nothing at the vendor any more and end by themselves.
 */
export async function settleRestored(trx: Transaction<Database>, madeAt: string, now: Date): Promise<Settled> {
  await trx.updateTable('workspace').set({ paused_at: now, paused_by: 'Rollcall', paused_reason: restoredReason(madeAt) }).execute();
  await trx.updateTable('run').set({ epoch: sql<number>`epoch + ${epochStep}::integer` }).where('state', 'in', ['queued', 'running', 'paused', 'cancelling']).execute();
  const runs = await trx
    .updateTable('run')
    .set({ state: 'paused', state_reason: 'restored' })
    .where((eb) => eb.or([eb('state', 'in', ['queued', 'running']), eb.and([eb('state', '=', 'paused'), eb('state_reason', '=', 'everythingPaused')])]))
    .executeTakeFirst();
  const problem = { code: 'restored', text: 'The database was restored from a backup, which holds no half-read syncs. Sync again.' };
  const syncs = await trx
    .updateTable('sync')
    .set({ state: 'cancelled', problem: JSON.stringify(problem), finished_at: now, epoch: sql<number>`epoch + ${epochStep}::integer` })
    .where('state', 'in', ['queued', 'running', 'finalising', 'held'])
    .executeTakeFirst();
  return { pausedRuns: Number(runs.numUpdatedRows), cancelledSyncs: Number(syncs.numUpdatedRows) };
}

/** Takes out what no key here can open: stored API keys and second factors. Sources ask for their key; people sign in by password and set a second factor up anew. */
export async function dropSealed(trx: Transaction<Database>): Promise<void> {
  await trx.deleteFrom('source_secret').execute();
  await trx.deleteFrom('person_two_factor').execute();
  await trx.updateTable('person').set({ two_factor_enabled: false }).execute();
}
