export { rollUpUsage } from './merge/index.ts';
export { runSync } from './run-sync.ts';
export type { SyncDependencies } from './run-sync.ts';
export { syncQueue } from './sync-queue.ts';
export { syncProgress } from './sync-record.ts';
export type { OpenSync, SyncProgress } from './sync-record.ts';
