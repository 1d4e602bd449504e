import type { ExportDate } from './export-date.ts';
import type { OpenOptions } from './open-export.ts';
import { readExport } from './read-export.ts';
import type { ReadReport } from './read-export.ts';
import type { ExportRecord } from './record.ts';

const shownRows = 20;

/** An app of one site as the file names it. */
export interface PreviewedResource {
  readonly app: string;
  readonly title: string;
  readonly site: string | null;
  /** False: the file does not say who has access, so every access to it is unknown. */
  readonly saysAccess: boolean;
}

/** What a file would bring, before it is taken. */
export interface ExportPreview extends ReadReport {
  readonly resources: readonly PreviewedResource[];
  /** The day to offer as the export's: given, from the file's name, its time, or the newest date in it; null when nothing says. */
  readonly suggestedExportDate: ExportDate | null;
  readonly firstRecords: readonly ExportRecord[];
}

/** Reads a whole file and says what it is, what stands in it and what is wrong with it. Throws as {@link readExport} does. */
export async function previewExport(source: AsyncIterable<Uint8Array>, options: OpenOptions = {}): Promise<ExportPreview> {
  const reading = await readExport(source, options);
  const firstRecords: ExportRecord[] = [];
  const resources = new Map<string, PreviewedResource>();
  for (const { app, title, site, access } of reading.layout.resources) {
    resources.set(`${app}\n${site ?? ''}`, { app, title, site, saysAccess: access.length > 0 });
  }
  const sitesAreValues = reading.layout.siteLists.length > 0;
  for await (const batch of reading.batches) {
    if (firstRecords.length < shownRows) firstRecords.push(...batch.slice(0, shownRows - firstRecords.length));
    if (sitesAreValues) noteSites(batch, resources);
  }
  const report = reading.report();
  const newest: ExportDate | null = report.lastActive === null ? null : { on: report.lastActive, from: 'newestDate' };
  return { ...report, resources: [...resources.values()], suggestedExportDate: report.exportDate ?? newest, firstRecords };
}

function noteSites(batch: readonly ExportRecord[], resources: Map<string, PreviewedResource>): void {
  for (const record of batch) {
    for (const { app, title, site } of record.accesses) {
      const key = `${app}\n${site ?? ''}`;
      if (!resources.has(key)) resources.set(key, { app, title, site, saysAccess: true });
    }
  }
}
