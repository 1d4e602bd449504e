import type { CommitPoint } from '@rollcall/server';
import type { Kill } from './kills.ts';
import type { Kind } from './unit.ts';

export interface SweepOptions {
  readonly kills: readonly Kill[];
  readonly places: number;
  readonly users: number;
  readonly seed: number;
  readonly log?: (line: string) => void;
}

export interface SweepReport {
  /** Kills that fell, by kind and point; `random` for those at any moment. */
  readonly fell: readonly { readonly kind: Kind; readonly point: CommitPoint | 'random'; readonly side: 'before' | 'after' | null; readonly withDatabase: boolean }[];
  /** Kills whose point was not met before the work was at its end. */
  readonly missed: readonly string[];
  readonly violations: readonly string[];
  readonly units: number;
  readonly effects: { readonly intended: number; readonly seen: number };
  readonly auditEvents: number;
  readonly seen: ReadonlySet<CommitPoint>;
  readonly unnamed: readonly { readonly pool: string; readonly statement: string }[];
}
