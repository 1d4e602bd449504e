import { atCommit } from '../../app/commit-points.ts';
import { previewQueue } from './upload-queues.ts';
import { readUploadRow } from './upload-store.ts';
import { RequestProblem } from '../../app/problem.ts';
import { storeChunks, UploadTooLarge } from './upload-chunks.ts';
import { transaction } from '../../db/index.ts';
import { uploadLifeHours } from './upload-dependencies.ts';
import type { Readable } from 'node:stream';
import type { RouteRequest, routes } from '@rollcall/contract';
import type { Scope } from '../../app/scope.ts';
import type { UploadDependencies } from './upload-dependencies.ts';

/** Makes the place for a file. Returns its id. */
export async function beginUpload(deps: UploadDependencies, scope: Scope, body: RouteRequest<typeof routes.uploads.create>['body']): Promise<string> {
  if (body.sizeBytes !== null) assertSize(deps, body.sizeBytes);
  const id = deps.newId();
  const at = deps.now();
  const row = {
    id, workspace_id: scope.workspaceId, file_name: body.fileName, file_modified_at: body.fileModifiedAt === null ? null : new Date(body.fileModifiedAt), state: 'receiving',
    created_by: scope.actor.id, created_at: at, expires_at: new Date(at.getTime() + uploadLifeHours * 3_600_000),
  } as const;
  await atCommit(deps, 'upload.begun', () => deps.db.insertInto('upload').values(row).execute());
  return id;
}

/** Stores the file as it comes and has its preview made. A sending that breaks off leaves nothing: it can be sent again from the beginning. */
export async function receiveUpload(deps: UploadDependencies, scope: Scope, uploadId: string, bytes: Readable | null): Promise<void> {
  const row = await readUploadRow(deps.db, scope, uploadId);
  if (row.state !== 'receiving') throw new RequestProblem({ code: 'conflict', title: 'Already sent', detail: 'This file is here already. Begin another upload for another file.' });
  if (bytes === null) throw new RequestProblem({ code: 'badRequest', title: 'No file', detail: 'Send the file itself as the body of the request.' });
  const place = { workspaceId: scope.workspaceId, uploadId };
  await dropChunks(deps, uploadId);
  let sizeBytes: number;
  try {
    sizeBytes = await storeChunks(deps, place, bytes, deps.largestUploadBytes);
  } catch (error) {
    await dropChunks(deps, uploadId);
    if (error instanceof UploadTooLarge) throw tooLarge(deps);
    throw error;
  }
  await atCommit(deps, 'upload.received', () => transaction(deps.pool, async (trx) => {
    await trx.updateTable('upload').set({ state: 'received', size_bytes: sizeBytes }).where('id', '=', uploadId).where('state', '=', 'receiving').execute();
    await deps.jobs.enqueue(trx, previewQueue, { uploadId }, { key: uploadId });
  }));
}

async function dropChunks(deps: UploadDependencies, uploadId: string): Promise<void> {
  await atCommit(deps, 'upload.emptied', () => deps.db.deleteFrom('upload_chunk').where('upload_id', '=', uploadId).execute());
}

function assertSize(deps: UploadDependencies, sizeBytes: number): void {
  if (sizeBytes > deps.largestUploadBytes) throw tooLarge(deps);
}

function tooLarge({ largestUploadBytes }: UploadDependencies): RequestProblem {
  const gigabytes = Number((largestUploadBytes / 1024 ** 3).toFixed(3));
  return new RequestProblem({ code: 'tooLarge', title: 'Too large', detail: `Files of more than ${gigabytes} GB are not taken. Export fewer columns, or export site by site; whoever runs this server can raise ROLLCALL_LARGEST_UPLOAD_GB.` });
}
