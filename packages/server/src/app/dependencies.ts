import type { Commits } from './commit-points.ts';
import type { Database } from '../db/index.ts';
import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { WorkCounters } from './work-counters.ts';

/** The few things that everything in the server gets handed: storage, time, ids and a log. */
export interface Dependencies extends Commits {
  readonly db: Kysely<Database>;
  readonly pool: Pool;
  readonly now: () => Date;
  /** UUIDv7. */
  readonly newId: () => string;
  readonly log: Log;
  /** Counts work for the metrics of this node; left out where nobody reads them. */
  readonly counters?: WorkCounters;
}

/** Structured log. Never give it secrets, names, e-mails or vendor ids of people. */
export interface Log {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}
