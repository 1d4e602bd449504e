import { holdRun } from './run-store.ts';
import { sql } from 'kysely';
import { atCommit } from '../../../app/commit-points.ts';
import type { ItemWork } from './run-record.ts';

/** By the clock of this process that never jumps, in milliseconds: not later than the moment at which the intent was committed. */
export interface IntentAge {
  writtenAtMs: number;
}

/**
 * How old an intent may be when its call is sent. A take-over waits `requestTimeoutMs` (35 s) from the intent on before it believes that a call had no effect; the
 * pipeline gives a request 30 s, so that 5 s are left between the intent and the sending.
 */
const freshForMs = 3_000;

/** The moment as the database has it: every node compares with the same clock. */
export const databaseNow = sql<Date>`clock_timestamp()`;

/**
 * Asked right before a call is sent. A worker that waited for a permit, or was frozen, since it wrote its intent down writes it anew, under its epoch: whoever was
 * taken over meanwhile sends nothing (throws RunHalted), and whoever takes over later waits from this moment on.
 */
export async function keepIntentFresh({ deps, run }: ItemWork, callId: number, age: IntentAge): Promise<void> {
  while (performance.now() - age.writtenAtMs > freshForMs) {
    age.writtenAtMs = performance.now();
    await atCommit(deps, 'run.intent', () => deps.db.transaction().execute(async (trx) => {
      await holdRun(trx, run);
      await trx.updateTable('run_call').set({ intent_at: databaseNow }).where('id', '=', callId).execute();
    }));
  }
}
