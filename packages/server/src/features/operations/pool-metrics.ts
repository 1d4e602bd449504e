import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Pool } from 'pg';

/** Connections of each pool of this node, and who waits for one. */
export function poolMetrics(registry: Registry, pools: Readonly<Record<string, Pool>>): void {
  const registers = [registry];
  const waiters = new Gauge({
    name: 'rollcall_database_connection_waiters', help: 'Who waits for a connection.', registers, labelNames: ['pool'],
    collect: () => { for (const [name, pool] of Object.entries(pools)) waiters.set({ pool: name }, pool.waitingCount); },
  });
  const connections = new Gauge({
    name: 'rollcall_database_connections', help: 'Connections to the database.', registers, labelNames: ['pool', 'state'],
    collect: () => {
      for (const [name, pool] of Object.entries(pools)) {
        connections.set({ pool: name, state: 'in_use' }, pool.totalCount - pool.idleCount);
        connections.set({ pool: name, state: 'idle' }, pool.idleCount);
      }
    },
  });
}
