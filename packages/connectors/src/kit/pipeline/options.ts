import type { Budgets, RateLimit } from '../budgets/index.ts';
import type { Lane } from '../connector.ts';
import type { ErrorKind } from '../errors.ts';

/** One line for the operator's log. Never holds a path, a body, a name or a secret. */
export interface PipelineLogEntry {
  readonly operation: string;
  readonly lane: Lane;
  readonly attempt: number;
  /** Null: no answer came. */
  readonly status: number | null;
  /** Null: it went well. */
  readonly kind: ErrorKind | null;
  readonly code: string | null;
  readonly milliseconds: number;
  /** Milliseconds until the next try; null when there is none. */
  readonly retryInMs: number | null;
}

export interface PipelineOptions {
  /** `https://api.atlassian.com`, or a test server's address. A path is kept. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer`. Never part of an error or of a log line. */
  readonly secret: string;
  readonly budgets: Budgets;
  readonly lane: Lane;
  /** Whose rate limit it is, for example the organisation's id; the host is always part of the key. Default: the host alone. */
  readonly tenant?: string;
  /** Limits by endpoint group (`connector.rateLimits`); a group that is not named has 600 requests a minute. */
  readonly limits?: Readonly<Record<string, RateLimit>>;
  readonly fetch?: typeof globalThis.fetch;
  readonly now: () => Date;
  /** Ends early, by rejecting, when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly log: (entry: PipelineLogEntry) => void;
  /** 0 ≤ x < 1; spreads the retries of many nodes. */
  readonly random?: () => number;
  /** Longest wait for the headers. Default 30 s. */
  readonly timeoutMs?: number;
  /** Longest time for the whole answer, however steadily it drips. Default: twice the wait for the headers. */
  readonly wholeAnswerMs?: number;
  /** Largest body that is read. Default 32 MiB. */
  readonly longestBodyBytes?: number;
}

export const defaultRateLimit: RateLimit = { allowed: 600, windowSeconds: 60 };

/** What is waited for inside the pipeline; what takes longer is thrown as `rateLimited(retryAt)`, so that the host parks the work. */
export const longestWaitMs = { interactive: 10_000, run: 10_000, verify: 10_000, sync: 60_000 } as const satisfies Record<Lane, number>;

/** How often a failed request is sent again. A person who waits is told sooner. */
export const mostRetries = { interactive: 2, run: 4, verify: 4, sync: 4 } as const satisfies Record<Lane, number>;
