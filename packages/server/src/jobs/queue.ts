import type { z } from "zod";

/** What a job carries: a small JSON object that names rows (a run's id and a chunk), never the data itself. */
export type Payload = object;

/**
 * How jobs of one queue may stand beside each other; the key is the `key` they were enqueued with.
 * - `parallel`: any number at once
 * - `oneAtATime`: any number may wait, one per key runs, on all nodes together
 * - `oneWaiting`: as well, and at most one per key waits: enqueueing a second does nothing. For "something changed, look again".
 */
export type QueueConcurrency = "parallel" | "oneAtATime" | "oneWaiting";

export interface QueueDefinition<P extends Payload> {
  /** Letters, digits, `.`, `-`, `_`, `/`. */
  readonly name: string;
  /** Jobs are checked on the way in and on the way out, where they may come from an older version. */
  readonly payload: z.ZodType<P>;
  readonly concurrency: QueueConcurrency;
  /** Attempts after the first, a killed node included (default 30). After the last one the job goes to the queue's dead letters. */
  readonly retryLimit?: number;
  /**
   * Seconds before the first retry, doubled each time up to `retryDelayMaxSeconds` (default 2 and 10). A node that died counts as a failed attempt, and its work
   * should not wait long for that: with the 11 seconds until a node counts as dead, another one goes on in under 30.
   */
  readonly retryDelaySeconds?: number;
  readonly retryDelayMaxSeconds?: number;
}

/** A kind of work with the type of its payload. */
export interface Queue<P extends Payload> extends Required<QueueDefinition<P>> {
  /** Whether this is another queue's dead letters, which have none themselves. */
  readonly dead: boolean;
}

/** Declares a queue; `createJobs` must be given it before it is used. */
export function defineQueue<P extends Payload>(definition: QueueDefinition<P>): Queue<P> {
  return { retryLimit: 30, retryDelaySeconds: 2, retryDelayMaxSeconds: 10, ...definition, dead: false };
}

/** The queue that takes a queue's jobs after their last attempt failed, with the same payload; every queue has one. */
export function deadLettersOf<P extends Payload>(queue: Queue<P>): Queue<P> {
  return { ...queue, name: `${queue.name}.dead`, concurrency: "parallel", dead: true };
}
