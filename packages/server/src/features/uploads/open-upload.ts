import { ExportRecords } from './export-records.ts';
import { readChunks } from './upload-chunks.ts';
import { readExport } from '@rollcall/connectors/csv';
import { RequestProblem } from '../../app/problem.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { ExportRecord } from '@rollcall/connectors/csv';
import type { OpenSync } from '../sync/index.ts';
import type { Page, SourceRecord } from '@rollcall/connectors/kit';
import type { Vendor } from '../vendor/index.ts';

/** Where a reading of a file stands: how many accounts were given. The next page of an open reading costs nothing; another place is found by reading up to it. */
interface OpenReading {
  readonly batches: AsyncIterator<readonly ExportRecord[]>;
  readonly records: ExportRecords;
  given: number;
  total: number | null;
}

/** A page has as many accounts, or a few more. */
const accountsPerPage = 500;

/** Reads an uploaded file as if it were a vendor: one step, pages of some thousand accounts, and a token that says how many were given. */
export function openUploads(deps: Dependencies): (sync: OpenSync, signal: AbortSignal) => Promise<Vendor> {
  return async (sync, signal) => {
    const upload = sync.uploadId === null ? undefined : await deps.db.selectFrom('upload').selectAll().where('id', '=', sync.uploadId).executeTakeFirst();
    if (upload === undefined) throw new RequestProblem({ code: 'notFound', detail: 'The file of this source is not here any more. Upload it again.' });
    const start = async (): Promise<{ reading: OpenReading; first: readonly SourceRecord[] }> => {
      const options = { exportedOn: upload.exported_on ?? undefined, timeZone: sync.source.timeZone, signal, keptProblems: 0 };
      const reading = await readExport(readChunks(deps.pool, upload.id), options);
      const records = new ExportRecords(reading.layout);
      return { reading: { batches: reading.batches[Symbol.asyncIterator](), records, given: 0, total: accountsOf(upload.preview) }, first: records.ofHeader() };
    };
    let open: OpenReading | null = null;
    const read = async (token: string | null): Promise<Page> => {
      const from = token === null ? 0 : Number(token);
      const records: SourceRecord[] = [];
      if (open === null || open.given !== from || from === 0) {
        const started = await start();
        open = started.reading;
        records.push(...started.first, ...(await skip(open, from)));
        if (open.given > from) return { records, next: String(open.given), total: open.total };
      }
      while (open.given < from + accountsPerPage) {
        const batch = await open.batches.next();
        if (batch.done === true) return { records, next: null, total: open.total };
        for (const record of batch.value) for (const one of open.records.of(record)) records.push(one);
        open.given += batch.value.length;
      }
      return { records, next: String(open.given), total: open.total };
    };
    return fileVendor(read);
  };
}

/** Reads past the accounts that were given before. Returns the records of those that stand in the same batch and were not. */
async function skip(open: OpenReading, from: number): Promise<SourceRecord[]> {
  const rest: SourceRecord[] = [];
  while (open.given < from) {
    const batch = await open.batches.next();
    if (batch.done === true) return rest;
    for (const record of batch.value) {
      // Apps and groups are named in passing: a second naming does no harm.
      const records = open.records.of(record);
      if (open.given >= from) rest.push(...records);
      open.given += 1;
    }
  }
  return rest;
}

function accountsOf(preview: object | null): number | null {
  return preview !== null && 'accounts' in preview && typeof preview.accounts === 'number' ? preview.accounts : null;
}

function fileVendor(read: (token: string | null) => Promise<Page>): Vendor {
  const refuse = (): Promise<never> => Promise.reject(new RequestProblem({ code: 'badRequest', title: 'A file cannot be asked', detail: 'This source is a file: nothing can be asked or changed there.' }));
  return {
    kind: 'csv',
    steps: () => [{ name: 'file', over: 'all', required: true }],
    read: (_step, _scope, token) => read(token),
    test: refuse,
    observe: refuse,
    apply: refuse,
    look: () => ({ stands: refuse, roles: refuse }),
    isAdminRole: () => false,
    takesSeat: () => true,
    givesAccess: () => true,
  };
}
