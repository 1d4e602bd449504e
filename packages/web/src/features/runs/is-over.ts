import type { RouteAnswer, routes } from '@rollcall/contract';

export type Run = RouteAnswer<typeof routes.runs.get>;

/** Nothing further comes of this run by itself or by resuming it. */
export function isOver({ state }: Run): boolean {
  return state === 'done' || state === 'cancelled' || state === 'stopped';
}
