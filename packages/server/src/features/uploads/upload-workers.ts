import { atCommit } from '../../app/commit-points.ts';
import { cleanUploads } from './clean-uploads.ts';
import { previewQueue } from './upload-queues.ts';
import { previewUpload } from './preview-upload.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Jobs } from '../../jobs/index.ts';

const cleanEveryMs = 3_600_000;

/** Starts this node's preview worker, and drops expired files every hour. Ended by `signal`. */
export async function startUploadWorkers(deps: Dependencies & { readonly jobs: Jobs }, signal: AbortSignal): Promise<void> {
  await deps.jobs.work(previewQueue, ({ uploadId }, job) => previewUpload(deps, uploadId, job.signal));
  const clean = (): void => {
    atCommit(deps, 'upload.cleaned', () => cleanUploads(deps)).catch((error: unknown) => deps.log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'Expired files could not be dropped; the next try is in an hour.'));
  };
  clean();
  const timer = setInterval(clean, cleanEveryMs);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
