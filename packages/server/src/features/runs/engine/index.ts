export { takeIntoInventory } from './inventory-effects.ts';
export { workOnRun } from './run-worker.ts';
export { runTiming, storedCall } from './run-record.ts';
export type { RunDependencies, RunTiming } from './run-record.ts';
