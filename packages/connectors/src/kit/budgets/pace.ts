import type { Lane } from '../connector.ts';
import type { RateLimit } from './budgets.ts';

/**
 * How a limit is spent: permits fall due at an even pace, and a few may be taken before they are due. Since
 * `burst + window / interval` stays below what the vendor allows, no window of that length, wherever it starts, sees more
 * requests than allowed: fixed and sliding windows of the vendor are both kept, also after a restart. 95–97 % of the limit is usable.
 */
export interface Pace {
  /** Milliseconds between two permits that fall due. */
  readonly intervalMs: number;
  /** How many permits may be taken at once after a pause. */
  readonly burst: number;
  /** Permits that fall due in one window. */
  readonly perWindow: number;
}

export function paceOf(limit: RateLimit): Pace {
  const burst = Math.max(1, Math.floor(limit.allowed * 0.03));
  // One in a hundred is left for requests that the network pushes together.
  const margin = Math.floor(limit.allowed * 0.01);
  const perWindow = Math.max(1, limit.allowed - burst - margin);
  return { intervalMs: (limit.windowSeconds * 1000) / perWindow, burst, perWindow };
}

const shareOfBurst = { interactive: 1, run: 0.6, verify: 0.4, sync: 0.2 } as const satisfies Record<Lane, number>;

/**
 * How many permits ahead of their time a lane may take. A lower lane stops earlier, so that a higher one always finds permits:
 * *interactive > run > verify > sync* (design.md section 5).
 */
export function permitsAhead(pace: Pace, lane: Lane): number {
  return Math.min(pace.burst - 1, Math.ceil((pace.burst - 1) * shareOfBurst[lane]));
}
