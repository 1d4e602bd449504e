import { atCommit } from '../../app/commit-points.ts';
import { cleanUploads } from './clean-uploads.ts';
import { previewQueue } from './upload-queues.ts';
import { previewUpload } from './preview-upload.ts';
import { wakePreviews } from './wake-previews.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Jobs } from '../../jobs/index.ts';

const lookEveryMs = 3_600_000;

/** Starts this node's preview worker, wakes previews that were left without a job, and drops expired files; looks again every hour. Ended by `signal`. */
export async function startUploadWorkers(deps: Dependencies & { readonly jobs: Jobs }, signal: AbortSignal): Promise<void> {
  await deps.jobs.work(previewQueue, ({ uploadId }, job) => previewUpload(deps, uploadId, job.signal));
  await atCommit(deps, 'upload.woken', () => wakePreviews(deps));
  const clean = (): void => {
    atCommit(deps, 'upload.cleaned', () => cleanUploads(deps)).catch((error: unknown) => deps.log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'Expired files could not be dropped; the next try is in an hour.'));
  };
  const look = (): void => {
    atCommit(deps, 'upload.woken', () => wakePreviews(deps)).catch((error: unknown) => deps.log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'Waiting files could not be looked for; the next look is in an hour.'));
    clean();
  };
  clean();
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
