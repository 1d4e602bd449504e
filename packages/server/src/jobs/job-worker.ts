import type { JobWithMetadata, PgBoss } from "pg-boss";
import type { Payload, Queue } from "./queue.ts";

/** What a handler knows about its job besides the payload. */
export interface JobContext {
  readonly jobId: string;
  /** The key it was enqueued with. */
  readonly key: string | null;
  /** 0 for the first attempt. */
  readonly attempt: number;
  /** Aborted when this node stops, and when the job was taken from us (no heartbeat got through for too long): end soon. */
  readonly signal: AbortSignal;
}

/** Does one job. Rejecting means: try again later. A job may run twice, so what it does must be settled in the rows it names. */
export type JobHandler<P extends Payload> = (payload: P, context: JobContext) => Promise<void>;

/** Idle workers look again after this many seconds, should a notification get lost. */
const pollingIntervalSeconds = 2;

/**
 * Starts one worker, which does one job at a time.
 * After each job it looks for the next one at once: on a queue with notifications pg-boss would otherwise wait out its polling
 * interval, 30 seconds by default, with jobs waiting.
 */
export async function startWorker<P extends Payload>(
  boss: PgBoss,
  queue: Queue<P>,
  handler: JobHandler<P>,
  stopping: AbortSignal,
): Promise<void> {
  const worker: { id?: string } = {};
  const options = {
    batchSize: 1,
    includeMetadata: true,
    pollingIntervalSeconds,
    notifyPollingIntervalSeconds: pollingIntervalSeconds,
  } as const;
  worker.id = await boss.work<unknown, undefined, typeof options>(queue.name, options, async (jobs: JobWithMetadata<unknown>[]) => {
    try {
      for (const job of jobs) await handler(queue.payload.parse(job.data), contextOf(job, stopping));
    } finally {
      if (worker.id !== undefined) boss.notifyWorker(worker.id);
    }
    return undefined;
  });
}

function contextOf(job: JobWithMetadata<unknown>, stopping: AbortSignal): JobContext {
  return {
    jobId: job.id,
    key: job.singletonKey,
    attempt: job.retryCount,
    signal: AbortSignal.any([job.signal, stopping]),
  };
}
