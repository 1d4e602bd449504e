import { Gauge } from 'prom-client';
import type { MakeReading } from './reading.ts';

const states = ['waiting', 'deferred', 'active', 'failed'] as const;
type Row = Readonly<Record<(typeof states)[number] | 'oldest', number>> & { readonly name: string };

/** Jobs by queue. pg-boss counts them itself every second; queues named `….dead` hold what failed for good. */
export const jobCounts: MakeReading = (registry) => {
  const gauge = new Gauge({ name: 'rollcall_jobs', help: 'Jobs by queue and state: waiting, deferred (not before a later time), active, failed.', registers: [registry], labelNames: ['queue', 'state'] });
  const oldest = new Gauge({ name: 'rollcall_jobs_oldest_waiting_seconds', help: 'How long the oldest job that could begin has waited.', registers: [registry], labelNames: ['queue'] });
  return async (pool) => {
    const { rows } = await pool.query<Row>(`
      select name, ready_count as waiting, deferred_count as deferred, active_count as active, failed_count as failed, coalesce(ready_oldest_seconds, 0) as oldest
      from pgboss.queue where name not like '\\_\\_pgboss%'`);
    for (const row of rows) {
      for (const state of states) gauge.set({ queue: row.name, state }, row[state]);
      oldest.set({ queue: row.name }, row.oldest);
    }
  };
};
