import { Gauge } from 'prom-client';
import type { Pool } from 'pg';
import type { MakeReading } from './reading.ts';

const states = {
  sync: ['queued', 'running', 'finalising', 'held'],
  run: ['queued', 'running', 'paused', 'cancelling', 'done', 'cancelled', 'stopped'],
  plan: ['building', 'ready', 'refused', 'applied', 'expired', 'discarded', 'failed'],
} as const;

interface Counted { readonly state: string; readonly n: number }
const countBy = async (pool: Pool, text: string): Promise<readonly Counted[]> => (await pool.query<Counted>(text)).rows;

/** Syncs that are open, runs and plans by state. Ended syncs grow without end and stand in `rollcall_sources` by their newest. */
export const workStates: MakeReading = (registry) => {
  const gauge = (name: string, help: string): Gauge<'state'> => new Gauge({ name, help, registers: [registry], labelNames: ['state'] });
  const gauges = { sync: gauge('rollcall_syncs', 'Open syncs by state.'), run: gauge('rollcall_runs', 'Runs by state.'), plan: gauge('rollcall_plans', 'Plans by state.') };
  return async (pool) => {
    const found = {
      sync: await countBy(pool, "select state, count(*)::integer as n from sync where state in ('queued', 'running', 'finalising', 'held') group by 1"),
      run: await countBy(pool, 'select state, count(*)::integer as n from run group by 1'),
      plan: await countBy(pool, 'select state, count(*)::integer as n from plan group by 1'),
    };
    for (const kind of ['sync', 'run', 'plan'] as const) {
      for (const state of states[kind]) gauges[kind].set({ state }, 0);
      for (const { state, n } of found[kind]) gauges[kind].set({ state }, n);
    }
  };
};
