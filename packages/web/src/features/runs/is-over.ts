import type { RouteAnswer, routes } from '@rollcall/contract';

export type Run = RouteAnswer<typeof routes.runs.get>;

/** Nothing further comes of this run by itself or by resuming it. */
export function isOver({ state }: Run): boolean {
  return state === 'done' || state === 'cancelled' || state === 'stopped';
}

/** People who are being worked on: a run that was just paused finishes them first. */
export function underWay({ totals }: Run): number {
  return totals.intent + totals.applied;
}

/** Something changes by itself: the run is going, or finishes whom it was at when it was paused. */
export function isMoving(run: Run): boolean {
  return !isOver(run) && (run.state !== 'paused' || underWay(run) > 0);
}
