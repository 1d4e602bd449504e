import type { Budgets } from './budgets.ts';
import { paceOf, permitsAhead } from './pace.ts';

interface State {
  /** Milliseconds since 1970 at which the next permit falls due. */
  dueAt: number;
  cooledUntil: number;
}

/** Budgets of one process: for tests and for programs without a database. */
export function memoryBudgets(now: () => Date): Budgets {
  const states = new Map<string, State>();
  const stateOf = (tenant: string, group: string): State => {
    const key = JSON.stringify([tenant, group]);
    const known = states.get(key);
    if (known !== undefined) return known;
    const made = { dueAt: 0, cooledUntil: 0 };
    states.set(key, made);
    return made;
  };
  return {
    acquire(request) {
      const state = stateOf(request.tenant, request.group);
      const pace = paceOf(request);
      const at = now().getTime();
      const earliest = Math.max(state.cooledUntil, state.dueAt - permitsAhead(pace, request.lane) * pace.intervalMs);
      if (at < earliest) return Promise.resolve({ retryAt: new Date(Math.ceil(earliest)) });
      state.dueAt = Math.max(state.dueAt, at) + pace.intervalMs;
      return Promise.resolve({ grantedAt: new Date(at) });
    },
    cool({ tenant, group, until }) {
      const state = stateOf(tenant, group);
      state.cooledUntil = Math.max(state.cooledUntil, until.getTime());
      return Promise.resolve();
    },
  };
}
