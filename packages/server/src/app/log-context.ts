import { AsyncLocalStorage } from 'node:async_hooks';

/** Ids that say what a line is about: requestId, jobId, syncId, planId, runId, itemId, uploadId, sourceId. Never anything of a person. */
export type LogContext = Readonly<Record<string, string | number>>;

const current = new AsyncLocalStorage<LogContext>();

/**
 * Does work whose log lines all carry these ids, beside those of the work around it. It travels with the work itself and not as an argument: a line of the
 * vendor's pipeline, five calls below a run, says which person's row it belongs to, though one pipeline serves several rows at the same time.
 */
export function inLogContext<T>(ids: LogContext, work: () => T): T {
  return current.run({ ...current.getStore(), ...ids }, work);
}

/** The ids of the work that is going on here. */
export function logContext(): LogContext {
  return current.getStore() ?? {};
}
