import { accountHandlers } from '../features/accounts/index.ts';
import { auditHandlers } from '../features/audit/index.ts';
import { backupHandlers } from '../features/backup/index.ts';
import { exemptionHandlers } from '../features/exemptions/index.ts';
import { homeHandlers } from '../features/home/index.ts';
import { inventoryHandlers } from '../features/inventory/index.ts';
import { pauseHandlers } from '../features/pause/index.ts';
import { actorNames, peopleHandlers } from '../features/people/index.ts';
import { planHandlers, planQueue, startPlanWorkers } from '../features/plans/index.ts';
import { resumePausedRuns, runHandlers, runQueue, startRunWorkers } from '../features/runs/index.ts';
import type { RunTiming } from '../features/runs/index.ts';
import type { Secrets } from '../features/secrets/index.ts';
import { settingsHandlers } from '../features/settings/index.ts';
import { sourceHandlers } from '../features/sources/index.ts';
import { startSyncWorkers, syncHandlers, syncQueue } from '../features/sync/index.ts';
import { openUploads, previewQueue, startUploadWorkers, uploadHandlers } from '../features/uploads/index.ts';
import { createVendors, sleepUnlessAborted } from '../features/vendor/index.ts';
import { viewHandlers } from '../features/views/index.ts';
import type { Handler } from '../http/handler.ts';
import { watchQueue } from '../jobs/index.ts';
import type { Jobs, Payload, Queue } from '../jobs/index.ts';
import type { Dependencies } from './dependencies.ts';

/** What features may ask for besides the basic dependencies. */
export interface AppDependencies extends Dependencies {
  readonly jobs: Jobs;
  readonly secrets: Secrets;
  /** Where the database listens, for a connection of one's own (LISTEN). */
  readonly connectionString: string;
  /** Uploads of more bytes are refused. */
  readonly largestUploadBytes: number;
  /** How long runs wait for the vendor. */
  readonly runTiming: RunTiming;
}

/** Every queue of every feature, one line each: known before anything is enqueued. */
export const queues: readonly Queue<Payload>[] = [planQueue, runQueue, syncQueue, previewQueue];

/** The handlers of every feature, one line each. */
export function composeHandlers(deps: AppDependencies): readonly Handler[] {
  const vendors = createVendors(deps);
  return [
    ...peopleHandlers(deps),
    ...settingsHandlers(deps),
    ...pauseHandlers(deps, (trx, workspaceId) => resumePausedRuns(deps.jobs, trx, workspaceId)),
    ...exemptionHandlers(deps),
    ...planHandlers(deps),
    ...runHandlers({ ...deps, ...vendors }),
    ...auditHandlers(deps, actorNames),
    ...backupHandlers(deps),
    ...sourceHandlers({ ...deps, ...vendors }),
    ...syncHandlers(deps),
    ...uploadHandlers(deps),
    ...inventoryHandlers(deps),
    ...accountHandlers({ ...deps, ...vendors }),
    ...viewHandlers(deps),
    ...homeHandlers(deps),
  ];
}

/** Starts the background work of every feature on this node, one line each. Ended by `jobs.stop()` and `signal`. */
export async function startWorkers(deps: AppDependencies, atOnce: { readonly syncs: number; readonly runs: number }, signal: AbortSignal): Promise<void> {
  const vendors = createVendors(deps);
  await startPlanWorkers(deps);
  await startRunWorkers({ ...deps, ...vendors, timing: deps.runTiming, sleep: sleepUnlessAborted }, signal, { workers: atOnce.runs });
  await startSyncWorkers({ ...deps, ...vendors, openUpload: openUploads(deps) }, signal, { workers: atOnce.syncs });
  await startUploadWorkers(deps, signal);
  watchQueue(deps.connectionString, deps.log, signal);
}
