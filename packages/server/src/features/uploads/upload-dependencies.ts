import type { SyncRequestDependencies } from '../sync/index.ts';

export interface UploadDependencies extends SyncRequestDependencies {
  /** Larger files are refused. */
  readonly largestUploadBytes: number;
}

/** 20 GB: some eighty million accounts. */
export const defaultLargestUploadBytes = 20 * 1024 ** 3;

/** Files that were not taken are dropped after this. */
export const uploadLifeHours = 72;
