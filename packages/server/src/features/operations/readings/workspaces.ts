import { Gauge } from 'prom-client';
import type { MakeReading } from './reading.ts';

/** More workspaces than this are not told apart: a metric must not grow with the customers. */
const mostWorkspaces = 100;

/** Where the audit chains stand (a number that falls is a trail that was cut), and how many workspaces are paused. */
export const workspaces: MakeReading = (registry) => {
  const head = new Gauge({ name: 'rollcall_audit_head_sequence', help: 'Number of the last event of the audit trail, by workspace.', registers: [registry], labelNames: ['workspace'] });
  const paused = new Gauge({ name: 'rollcall_paused_workspaces', help: 'Workspaces in which everything is paused.', registers: [registry] });
  return async (pool) => {
    const { rows } = await pool.query<{ workspace_id: number; seq: number }>('select workspace_id, seq::float8 as seq from audit_head order by 1 limit $1', [mostWorkspaces]);
    const { rows: counted } = await pool.query<{ n: number }>('select count(*)::integer as n from workspace where paused_at is not null');
    for (const row of rows) head.set({ workspace: String(row.workspace_id) }, row.seq);
    paused.set(counted[0]?.n ?? 0);
  };
};
