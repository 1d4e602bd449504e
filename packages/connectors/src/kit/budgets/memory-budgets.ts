import type { Lane } from '../connector.ts';
import type { Budgets } from './budgets.ts';
import { afterAsking, standingOfLane } from './lanes.ts';
import type { WaitingLane } from './lanes.ts';
import { paceOf, permitsAhead } from './pace.ts';

interface State {
  /** Milliseconds since 1970 at which the next permit falls due. */
  dueAt: number;
  cooledUntil: number;
  waiting: ReadonlyMap<Lane, WaitingLane>;
}

/** Budgets of one process: for tests and for programs without a database. */
export function memoryBudgets(now: () => Date): Budgets {
  const states = new Map<string, State>();
  const stateOf = (tenant: string, group: string): State => {
    const key = JSON.stringify([tenant, group]);
    const known = states.get(key);
    if (known !== undefined) return known;
    const made = { dueAt: 0, cooledUntil: 0, waiting: new Map<Lane, WaitingLane>() };
    states.set(key, made);
    return made;
  };
  return {
    acquire(request) {
      const state = stateOf(request.tenant, request.group);
      const pace = paceOf(request);
      const at = now().getTime();
      const { overdue, blockedUntilMs } = standingOfLane(state.waiting, request.lane, at);
      const ahead = overdue ? pace.burst - 1 : permitsAhead(pace, request.lane);
      const blocked = blockedUntilMs === null ? 0 : Math.min(blockedUntilMs, at + pace.intervalMs);
      const earliest = Math.max(state.cooledUntil, state.dueAt - ahead * pace.intervalMs, blocked);
      const isGranted = at >= earliest;
      state.waiting = afterAsking(state.waiting, request.lane, at, isGranted ? null : earliest - at);
      if (!isGranted) return Promise.resolve({ retryAt: new Date(Math.ceil(earliest)) });
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
