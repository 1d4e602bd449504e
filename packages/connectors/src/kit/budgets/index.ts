export type * from './budgets.ts';
export { laneOrder, longestPlaceMs, turnAfter, waitingGraceMs } from './lanes.ts';
export * from './memory-budgets.ts';
export * from './pace.ts';
