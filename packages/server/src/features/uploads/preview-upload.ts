import { atCommit } from '../../app/commit-points.ts';
import { ExportRefused, openExport, previewExport, problemSentence, rowTexts } from '@rollcall/connectors/csv';
import { copyIn, transaction } from '../../db/index.ts';
import { readChunks } from './upload-chunks.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { ExportPreview } from '@rollcall/connectors/csv';
import type { z } from 'zod';
import type { exportPreview } from '@rollcall/contract';

type PreviewDto = z.input<typeof exportPreview>;

const shapeTitles: Readonly<Record<string, string>> = {
  users: 'Users export', usersOlder: 'Users export of 2019 to 2021', usersOldest: 'Users export of 2016 to 2018', managedAccounts: 'Managed accounts export',
};
const shownRows = 10;
const shownProblems = 100;
const progressEveryMs = 500;

/** Reads the whole file once and keeps what it found, or why it is refused. */
export async function previewUpload(deps: Dependencies, uploadId: string, signal: AbortSignal): Promise<void> {
  const upload = await atCommit(deps, 'upload.reading', () => deps.db
    .updateTable('upload').set({ state: 'reading', bytes_read: 0 }).where('id', '=', uploadId).where('state', 'in', ['received', 'reading'])
    .returning(['workspace_id', 'file_name', 'file_modified_at']).executeTakeFirst());
  if (upload === undefined) return;
  const facts = { fileName: upload.file_name, modifiedAt: upload.file_modified_at ?? undefined, signal };
  try {
    const preview = await previewExport(readChunks(deps.pool, uploadId), { ...facts, onBytes: publisher(deps, uploadId) });
    const dto = previewDto(preview, await firstRows(deps, uploadId));
    await atCommit(deps, 'upload.previewed', () => transaction(deps.pool, async (trx, client) => {
      await trx.deleteFrom('import_problem').where('upload_id', '=', uploadId).execute();
      const problems = preview.problems.map((problem, n) => [upload.workspace_id, uploadId, n, problem.line, problem.kind, problem.column]);
      await copyIn(client, { table: 'import_problem', columns: ['workspace_id', 'upload_id', 'n', 'line', 'kind', 'column_name'] }, problems);
      await trx.updateTable('upload').set({ state: 'ready', preview: JSON.stringify({ ...dto, repeatedAccounts: preview.repeated }) }).where('id', '=', uploadId).execute();
    }));
  } catch (error) {
    if (!(error instanceof ExportRefused)) throw error;
    const refusal = { code: error.code, looksLike: error.code, message: error.message };
    await atCommit(deps, 'upload.refused', () => deps.db.updateTable('upload').set({ state: 'refused', refusal: JSON.stringify(refusal) }).where('id', '=', uploadId).execute());
    await atCommit(deps, 'upload.emptied', () => deps.db.deleteFrom('upload_chunk').where('upload_id', '=', uploadId).execute());
  }
}

/** The first rows as they stand in the file, for the eye. */
async function firstRows(deps: Dependencies, uploadId: string): Promise<string[][]> {
  const rows: string[][] = [];
  const opened = await openExport(readChunks(deps.pool, uploadId));
  for await (const _ of opened.steps((row) => { if (rows.length < shownRows) rows.push([...rowTexts(row)]); })) {
    if (rows.length >= shownRows) break;
  }
  return rows;
}

function previewDto(preview: ExportPreview, rows: string[][]): PreviewDto {
  return {
    shape: preview.layout.shape,
    shapeTitle: shapeTitles[preview.layout.shape] ?? preview.layout.shape,
    encoding: preview.encoding,
    separator: preview.separator,
    rows: preview.rows,
    accounts: preview.accounts,
    apps: preview.resources.map(({ app, title, site, saysAccess }) => ({ app, title, site, hasAccessColumn: saysAccess })),
    firstDay: preview.firstActive,
    lastDay: preview.lastActive,
    suggestedExportDay: preview.suggestedExportDate?.on ?? null,
    ignoredColumns: [...preview.layout.ignored],
    header: [...preview.layout.header],
    firstRows: rows,
    problems: preview.problems.slice(0, shownProblems).map(({ line, kind, column }) => ({ line, kind, column, message: problemSentence(kind) })),
    problemCounts: Object.fromEntries(Object.entries(preview.problemTotals).map(([kind, count]) => [kind, count ?? 0])),
  };
}

function publisher(deps: Dependencies, uploadId: string): (bytesRead: number) => void {
  let last = 0;
  return (bytesRead) => {
    const now = deps.now().getTime();
    if (now - last < progressEveryMs) return;
    last = now;
    atCommit(deps, 'upload.progress', () => deps.db.updateTable('upload').set({ bytes_read: bytesRead }).where('id', '=', uploadId).execute()).catch(() => undefined);
  };
}
