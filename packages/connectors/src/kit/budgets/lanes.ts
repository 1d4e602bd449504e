import type { Lane } from '../connector.ts';

/** The higher first (design.md section 5). */
export const laneOrder = ['interactive', 'run', 'verify', 'sync'] as const satisfies readonly Lane[];

/**
 * A lane that waits is passed over by higher ones at most so many times; the next permit is its own. So re-checks without a pause leave a waiting run a third of
 * the limit, and a run leaves a sync a tenth, whatever the limit is. Nobody passes the highest lane but by this rule.
 */
export const turnAfter = { interactive: 1_000_000, run: 2, verify: 4, sync: 9 } as const satisfies Record<Lane, number>;

/** Who was told to wait is expected back this long after the time it was told, in milliseconds; then its place is lost. */
export const waitingGraceMs = 1_000;
/** No place is kept for longer than this beyond the grace: who waits longer has parked its work and asks anew. */
export const longestPlaceMs = 60_000;

/** A lane in which somebody was told to wait, and how often it was passed over since. */
export interface WaitingLane {
  readonly untilMs: number;
  readonly passed: number;
}

/** `overdue`: it is this lane's turn. `blockedUntilMs`: a permit that is due is kept for another lane, at the latest until then. */
interface LaneStanding {
  readonly overdue: boolean;
  readonly blockedUntilMs: number | null;
}

/** How a lane stands among those that wait. A place that was kept for longer than can be comes from a clock that was set back, and counts for nothing. */
export function standingOfLane(waiting: ReadonlyMap<Lane, WaitingLane>, lane: Lane, atMs: number): LaneStanding {
  const isWaiting = (one: WaitingLane | undefined): one is WaitingLane => one !== undefined && one.untilMs > atMs && one.untilMs <= atMs + longestPlaceMs + waitingGraceMs;
  const own = waiting.get(lane);
  const overdue = isWaiting(own) && own.passed >= turnAfter[lane];
  const rank = laneOrder.indexOf(lane);
  const blocking = laneOrder.flatMap((other, place) => {
    const one = waiting.get(other);
    if (other === lane || !isWaiting(one)) return [];
    const goesFirst = one.passed >= turnAfter[other] ? !overdue || place < rank : !overdue && place < rank;
    return goesFirst ? [one.untilMs] : [];
  });
  return { overdue, blockedUntilMs: blocking.length === 0 ? null : Math.max(...blocking) };
}

/** The lanes that wait after a permit was granted to one, or refused for `waitMs`. */
export function afterAsking(waiting: ReadonlyMap<Lane, WaitingLane>, lane: Lane, atMs: number, waitMs: number | null): ReadonlyMap<Lane, WaitingLane> {
  const still = new Map([...waiting].filter(([, one]) => one.untilMs > atMs && one.untilMs <= atMs + longestPlaceMs + waitingGraceMs));
  const own = still.get(lane);
  if (waitMs !== null) return still.set(lane, { untilMs: atMs + Math.min(waitMs, longestPlaceMs) + waitingGraceMs, passed: own?.passed ?? 0 });
  still.delete(lane);
  return new Map([...still].map(([other, one]) => [other, { ...one, passed: one.passed + 1 }]));
}
