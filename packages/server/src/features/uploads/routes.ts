import { problemsCsv } from '@rollcall/connectors/csv';
import type { Problem } from '@rollcall/connectors/csv';
import { routes } from '@rollcall/contract';
import { setTimeout as wait } from 'node:timers/promises';
import { beginUpload, receiveUpload } from './receive-upload.ts';
import { handler } from '../../http/handler.ts';
import { readSync } from '../sync/index.ts';
import { readUploadRow } from './upload-store.ts';
import { takeUpload } from './take-upload.ts';
import { uploadDto } from './upload-dto.ts';
import type { Handler } from '../../http/handler.ts';
import type { Scope } from '../../app/scope.ts';
import type { UploadDependencies } from './upload-dependencies.ts';
import type { UploadDto } from './upload-dto.ts';

const lookEveryMs = 500;
const reading: ReadonlySet<string> = new Set(['receiving', 'received', 'reading']);

export function uploadHandlers(deps: UploadDependencies): readonly Handler[] {
  const read = async (scope: Scope, uploadId: string): Promise<UploadDto> => uploadDto(await readUploadRow(deps.db, scope, uploadId));
  return [
    handler(routes.uploads.create, async ({ scope, body }) => read(scope, await beginUpload(deps, scope, body))),
    handler(routes.uploads.send, async ({ scope, params, bytes }) => {
      await receiveUpload(deps, scope, params.uploadId, bytes);
      return read(scope, params.uploadId);
    }),
    handler(routes.uploads.get, ({ scope, params }) => read(scope, params.uploadId)),
    handler(routes.uploads.events, async ({ scope, params, signal }) => follow(() => read(scope, params.uploadId), signal)),
    handler(routes.uploads.problems, async ({ scope, params }) => {
      const upload = await readUploadRow(deps.db, scope, params.uploadId);
      const rows = await deps.db.selectFrom('import_problem').select(['line', 'kind', 'column_name as column']).where('upload_id', '=', upload.id).orderBy('n').execute();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the preview wrote these kinds itself
      const problems = rows as readonly Problem[];
      return { fileName: `problems-${upload.file_name.replace(/\.csv$/iu, '')}.csv`, contentType: 'text/csv; charset=utf-8', rows: rows.length, chunks: chunksOf(problemsCsv(problems)) };
    }),
    handler(routes.uploads.take, async ({ scope, params, body }) => {
      const { sourceId, syncId } = await takeUpload(deps, scope, params.uploadId, body);
      return { sourceId, sync: await readSync(deps.db, scope, syncId, deps.now()) };
    }),
    handler(routes.uploads.remove, async ({ scope, params }) => {
      const upload = await readUploadRow(deps.db, scope, params.uploadId);
      await deps.db.deleteFrom('upload').where('id', '=', upload.id).where((eb) => eb.not(eb.exists(eb.selectFrom('sync').select('sync.id').whereRef('sync.upload_id', '=', 'upload.id').where('sync.state', 'in', ['queued', 'running', 'finalising', 'held'])))).execute();
      return undefined;
    }),
  ];
}

async function* chunksOf(text: string): AsyncGenerator<string> {
  await Promise.resolve();
  yield text;
}

/** The upload each time it differs, until its preview is there. */
async function* follow(read: () => Promise<UploadDto>, signal: AbortSignal): AsyncGenerator<UploadDto> {
  let last = '';
  while (!signal.aborted) {
    const upload = await read();
    const text = JSON.stringify(upload);
    if (text !== last) yield upload;
    last = text;
    if (!reading.has(upload.state)) return;
    await wait(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
