export { BackupFileError } from './backup-file-error.ts';
export { checkBackup, openBackupFile } from './check-backup.ts';
export type { BackupSummary } from './check-backup.ts';
export { beginBackup } from './begin-backup.ts';
export type { BackupUnderWay } from './begin-backup.ts';
export { inspectTarget, RestoreRefused, restoreBackup, stepsFor } from './restore/index.ts';
export type { Restored, RestoreProgress, RestoreTarget } from './restore/index.ts';
export { backupHandlers } from './routes.ts';
