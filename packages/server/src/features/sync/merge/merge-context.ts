import { sql } from 'kysely';
import type { CivilDate } from '@rollcall/core';
import type { Database } from '../../../db/index.ts';
import type { OpenSync } from '../sync-record.ts';
import type { RawBuilder, Transaction } from 'kysely';

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

/** When the reading was begun: everything in it may be as old as that. */
export function begunAt({ sync, now }: Pick<MergeContext, 'sync' | 'now'>): Date {
  return new Date(Math.min(sync.progress.startedAtMs ?? now.getTime(), now.getTime()));
}

/**
 * True of an account that was asked about by itself since the reading was begun: what the reading says of its memberships and accesses may be older. Observations from the
 * future were written before the clock was set back, and say nothing.
 */
export function observedSince(context: Pick<MergeContext, 'sync' | 'now'>, accountId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from account_observation o where o.account_id = ${accountId} and o.observed_at > ${begunAt(context)} and o.observed_at <= ${new Date(context.now.getTime() + 5_000)})`;
}
