import { Gauge } from 'prom-client';
import type { MakeReading } from './reading.ts';

/** Seconds since the oldest work that should go on by itself was asked for; what waits for a person (held, paused) does not count. */
export const oldestWork: MakeReading = (registry) => {
  const gauge = new Gauge({ name: 'rollcall_oldest_unfinished_seconds', help: 'Age of the oldest unfinished work that goes on by itself; 0 when there is none.', registers: [registry], labelNames: ['work'] });
  return async (pool) => {
    const { rows } = await pool.query<{ work: string; seconds: number }>(`
      select work, greatest(coalesce(extract(epoch from now() - since), 0), 0)::float8 as seconds from (values
        ('sync', (select min(queued_at) from sync where state in ('queued', 'running', 'finalising'))),
        ('run', (select min(queued_at) from run where state in ('queued', 'running', 'cancelling'))),
        ('plan', (select min(created_at) from plan where state = 'building')),
        ('upload', (select min(created_at) from upload where state in ('received', 'reading')))) as oldest (work, since)`);
    for (const { work, seconds } of rows) gauge.set({ work }, seconds);
  };
};
