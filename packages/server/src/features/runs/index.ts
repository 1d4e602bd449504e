export { runTiming } from './engine/index.ts';
export type { RunDependencies, RunTiming } from './engine/index.ts';
export { resumePausedRuns } from './run-commands.ts';
export { runQueue } from './run-queue.ts';
export { startRunWorkers } from './run-workers.ts';
export type { RunWorkerDependencies } from './run-workers.ts';
export { runHandlers } from './routes.ts';
