import type { BenchRow } from './harness/bench-row.ts';
import { runImport } from './import/main.ts';
import { runLoad } from './load/main.ts';
import { runPlan } from './plan/main.ts';
import { runRunBench } from './run/main.ts';
import { runScreens } from './screens/main.ts';
import { runStraight } from './straight/main.ts';
import { runRate, runSyncBench } from './sync/main.ts';
import { runWeb } from './web/main.ts';

export interface RowOptions {
  readonly accounts: number;
  readonly rounds: number;
  /** Of the row `load`. */
  readonly minutes: number;
  readonly perSecond: number;
}

/** The rows of design section 11 by name, in the order in which they run. */
export const benchRows: Readonly<Record<string, (options: RowOptions) => Promise<readonly BenchRow[]>>> = {
  import: runImport,
  straight: async ({ accounts }) => [await runStraight({ users: accounts })],
  sync: runSyncBench,
  rate: async () => [await runRate()],
  plan: async (options) => [await runPlan(options)],
  run: async () => [await runRunBench()],
  screens: async ({ accounts }) => {
    const { rows } = await runScreens({ accounts });
    return rows.map((row) => ({
      name: `screens: ${row.name}`, accounts, ratio: null,
      promise: `p95 within its SQL + 10 ms and within ${row.promiseMs} ms`,
      holds: row.holds, floor: null, rollcall: null,
      notes: [`p50 ${row.p50Ms.toFixed(1)} ms, p95 ${row.p95Ms.toFixed(1)} ms; its SQL alone p95 ${row.sqlP95Ms.toFixed(1)} ms`],
    }));
  },
  web: runWeb,
  load: runLoad,
};
