export { restoreBackup, stepsFor } from './restore-backup.ts';
export type { Restored, RestoreProgress } from './restore-backup.ts';
export { inspectTarget, RestoreRefused } from './target.ts';
export type { RestoreTarget } from './target.ts';
