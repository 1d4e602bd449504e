import { atCommit } from '../../app/commit-points.ts';
import { enqueueDueSyncs } from './schedule-syncs.ts';
import { runSync } from './run-sync.ts';
import { syncQueue } from './sync-queue.ts';
import { wakeSyncs } from './wake-syncs.ts';
import type { Jobs } from '../../jobs/index.ts';
import type { SyncDependencies } from './run-sync.ts';

export interface SyncWorkerDependencies extends SyncDependencies {
  readonly jobs: Jobs;
}

/** Starts this node's workers, wakes syncs that a dead node left, and begins what the schedules say is due. Ended by `signal`. */
export async function startSyncWorkers(deps: SyncWorkerDependencies, signal: AbortSignal, options: { readonly workers?: number; readonly lookEveryMs?: number } = {}): Promise<void> {
  await deps.jobs.work(syncQueue, ({ syncId }, job) => workOn(deps, syncId, job.key, job.signal), { workers: options.workers ?? 2 });
  const look = async (): Promise<void> => {
    await atCommit(deps, 'sync.woken', () => wakeSyncs(deps.jobs, deps.db));
    await enqueueDueSyncs(deps);
  };
  await look();
  const timer = setInterval(() => {
    look().catch((error: unknown) => deps.log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'Due syncs could not be looked for; the next look is in a few seconds.'));
  }, options.lookEveryMs ?? 10_000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

async function workOn(deps: SyncWorkerDependencies, syncId: string, key: string | null, signal: AbortSignal): Promise<void> {
  const outcome = await runSync(deps, syncId, signal);
  if (outcome.kind === 'waits') await atCommit(deps, 'sync.waits', () => deps.jobs.enqueue(deps.db, syncQueue, { syncId }, { ...(key === null ? {} : { key }), startAfter: outcome.until }));
}
