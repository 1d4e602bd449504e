import type { CivilDate } from '@rollcall/core';
import type { Database } from '../../../db/index.ts';
import type { OpenSync } from '../sync-record.ts';
import type { Transaction } from 'kysely';

/** What every part of a merge works with: one transaction, the sync, the day of the reading in the source's time zone. */
export interface MergeContext {
  readonly trx: Transaction<Database>;
  readonly sync: OpenSync;
  readonly today: CivilDate;
  readonly now: Date;
}

export interface RealmContext extends MergeContext {
  /** Nobody stood in the realm before: nothing has to be compared. */
  readonly isEmpty: boolean;
}

/** How many rows each part wrote; an unchanged source writes next to nothing. */
export type MergeCounts = Record<string, number>;
