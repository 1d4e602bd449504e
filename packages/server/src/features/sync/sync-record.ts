import { z } from 'zod';
import type { CivilDate } from '@rollcall/core';

/** What stands in sync.progress: the step, how far it is, and facts for the screen. */
export const syncProgress = z.object({
  step: z.string().default('queued'),
  text: z.string().default(''),
  done: z.number().default(0),
  total: z.number().nullable().default(null),
  pages: z.number().default(0),
  accounts: z.number().default(0),
  startedAtMs: z.number().nullable().default(null),
  /** When this worker began the step, and what was done by then: the pace is counted from there. */
  stepStartedAtMs: z.number().nullable().default(null),
  doneBefore: z.number().default(0),
  missing: z.array(z.enum(['members', 'accesses'])).default([]),
  confirmed: z.boolean().default(false),
});
export type SyncProgress = z.infer<typeof syncProgress>;

/** A sync, its source and the fencing epoch under which this worker writes. */
export interface OpenSync {
  readonly id: string;
  readonly workspaceId: number;
  readonly epoch: number;
  readonly requestedBy: string;
  /** The file, for a CSV source. */
  readonly uploadId: string | null;
  /** The day the file was made: what it tells is known up to there. Null for sources that are read as they are now. */
  readonly exportedOn: CivilDate | null;
  readonly progress: SyncProgress;
  readonly source: SyncSource;
}

export interface SyncSource {
  readonly id: string;
  readonly realmId: number;
  readonly kind: 'atlassian-org' | 'csv';
  readonly name: string;
  readonly timeZone: string;
  readonly settings: object;
  readonly keyOwner: string | null;
  readonly hasFullRead: boolean;
  readonly attachedRealmId: number | null;
}

/** Thrown when another worker has taken the sync over, or somebody cancelled it: nothing more may be written. */
export class SyncEnded extends Error {
  readonly why: 'fenced' | 'cancelled';
  constructor(why: 'fenced' | 'cancelled') {
    super(`The sync was ${why}.`);
    this.name = 'SyncEnded';
    this.why = why;
  }
}
