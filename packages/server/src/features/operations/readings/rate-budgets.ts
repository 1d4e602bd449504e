import { Gauge } from 'prom-client';
import type { MakeReading } from './reading.ts';

/** Rate budgets by endpoint group, of the tenant that has the least: which organisation it is stands nowhere. */
export const rateBudgets: MakeReading = (registry) => {
  const left = new Gauge({ name: 'rollcall_vendor_budget_left_ratio', help: 'Share of the allowance of a window that is not taken, of the tenant with the least (0 to 1).', registers: [registry], labelNames: ['group'] });
  const cooled = new Gauge({ name: 'rollcall_vendor_budgets_cooled', help: 'Tenants that asked us to wait.', registers: [registry], labelNames: ['group'] });
  return async (pool) => {
    // A stretch of work goes on while its permits are not all due; after it the whole allowance is there again.
    const { rows } = await pool.query<{ group: string; left: number; cooled: number }>(`
      select endpoint_group as group, count(*) filter (where cooled_until > clock_timestamp())::integer as cooled,
        min(case when cooled_until > clock_timestamp() then 0
                 when window_started_at + make_interval(secs => used * window_seconds::float8 / allowed) <= clock_timestamp() then 1
                 else 1 - least(used, allowed)::float8 / allowed end) as left
      from rate_budget group by 1`);
    left.reset();
    cooled.reset();
    for (const row of rows) {
      left.set({ group: row.group }, row.left);
      cooled.set({ group: row.group }, row.cooled);
    }
  };
};
