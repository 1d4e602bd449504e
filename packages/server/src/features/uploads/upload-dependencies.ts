import type { SyncRequestDependencies } from '../sync/index.ts';

export interface UploadDependencies extends SyncRequestDependencies {
  /** Larger files are refused. */
  readonly largestUploadBytes: number;
}

/** Files that were not taken are dropped after this. */
export const uploadLifeHours = 72;
