import type { JobContext, Jobs, Payload } from '../jobs/index.ts';
import type { Log } from './dependencies.ts';
import { inLogContext } from './log-context.ts';

/**
 * The same queue, whose jobs carry their ids into every log line of their work, and whose failures are logged: the queue only tries again. What a job that
 * this node cut off while stopping says is no failure.
 */
export function loggedJobs(jobs: Jobs, log: Log): Jobs {
  return {
    ...jobs,
    work: (queue, handler, options) =>
      jobs.work(queue, (payload, context) => inLogContext({ job: queue.name, jobId: context.jobId, ...idsOf(payload) }, () => logFailure(log, context, () => handler(payload, context))), options),
  };
}

/** Payloads name rows, in members called `…Id`. */
function idsOf(payload: Payload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).filter((member): member is [string, string] => member[0].endsWith('Id') && typeof member[1] === 'string'));
}

async function logFailure(log: Log, { signal, attempt }: JobContext, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) log.warn({ attempt, error: error instanceof Error ? error : String(error) }, 'A job failed and will be tried again');
    throw error;
  }
}
