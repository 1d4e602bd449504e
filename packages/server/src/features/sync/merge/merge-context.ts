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
  /** Somebody was asked about by themselves since the reading was begun: {@link anyObserved}. Nobody is while the realm is held. */
  readonly someObserved: boolean;
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
export function observedSince(context: Pick<RealmContext, 'sync' | 'now' | 'someObserved'>, accountId: RawBuilder<unknown>): RawBuilder<boolean> {
  if (!context.someObserved) return sql<boolean>`false`;
  return sql<boolean>`exists (select from account_observation o where o.account_id = ${accountId} and ${within(context)})`;
}

/** Whether anybody at all was: mostly not, and then nobody of millions need be looked up. */
export async function anyObserved(context: Pick<MergeContext, 'trx' | 'sync' | 'now'>): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`select exists (select from account_observation o where ${within(context)}) as some`.execute(context.trx);
  return rows[0]?.some === true;
}

function within(context: Pick<MergeContext, 'sync' | 'now'>): RawBuilder<boolean> {
  return sql<boolean>`o.observed_at > ${begunAt(context)} and o.observed_at <= ${new Date(context.now.getTime() + 5_000)}`;
}
