import type { CivilDate } from '@rollcall/core';
import type { ExportDate } from './export-date.ts';
import type { ExportLayout } from './layout.ts';
import type { Encoding } from './looks-like.ts';
import { mergeRecords } from './merge-records.ts';
import { openExport } from './open-export.ts';
import type { OpenedExport, OpenOptions } from './open-export.ts';
import type { Problem, ProblemLog } from './problem-log.ts';
import { RecordReader } from './record-reader.ts';
import type { ExportRecord } from './record.ts';
import { SeenKeys } from './seen-keys.ts';
import type { Separator } from './separator.ts';

/** What a whole reading found. Final when `batches` has ended. */
export interface ReadReport {
  readonly layout: ExportLayout;
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly exportDate: ExportDate | null;
  /** Rows below the header, the broken ones included. */
  readonly rows: number;
  readonly brokenRows: number;
  /** Different accounts. */
  readonly accounts: number;
  /** Accounts some of whose rows are not adjacent: records with `again`. */
  readonly repeated: number;
  /** Earliest and latest last-active date in the file. */
  readonly firstActive: CivilDate | null;
  readonly lastActive: CivilDate | null;
  readonly problems: readonly Problem[];
  readonly problemTotals: ProblemLog['totals'];
}

/** A reading in progress: `layout` is known at once, `batches` yields the accounts in file order, `report()` what was found so far. */
export interface ExportReading {
  readonly layout: ExportLayout;
  readonly exportDate: ExportDate | null;
  readonly batches: AsyncIterable<readonly ExportRecord[]>;
  report(): ReadReport;
}

/**
 * Reads an export for an import, in bounded memory: adjacent rows of one account come as one record, and a record whose account already came
 * has `again: true` (merge it with `mergeRecords`, or in the database by the same rules). A batch holds the accounts of one chunk of the
 * source. Throws `ExportRefused` before the first batch, and the signal's reason when aborted.
 */
export async function readExport(source: AsyncIterable<Uint8Array>, options: OpenOptions = {}): Promise<ExportReading> {
  const opened = await openExport(source, options);
  const merger = new AdjacentMerger(opened);
  const reader = new RecordReader(opened.layout, opened.dateRules, opened.log);
  async function* batches(): AsyncGenerator<readonly ExportRecord[], void, undefined> {
    for await (const _ of opened.steps((row) => {
      merger.rows += 1;
      const record = reader.read(row);
      if (record !== null) merger.add(record);
    })) {
      const batch = merger.take();
      if (batch.length > 0) yield batch;
    }
    merger.flush();
    const last = merger.take();
    if (last.length > 0) yield last;
  }
  return { layout: opened.layout, exportDate: opened.exportDate, batches: batches(), report: () => reportOf(opened, merger, reader) };
}

class AdjacentMerger {
  rows = 0;
  accounts = 0;
  repeated = 0;
  readonly #opened: OpenedExport;
  readonly #seen = new SeenKeys();
  #ready: ExportRecord[] = [];
  #current: ExportRecord | null = null;

  constructor(opened: OpenedExport) {
    this.#opened = opened;
  }

  add(record: ExportRecord): void {
    if (this.#current?.key !== record.key) {
      this.flush();
      this.#current = record;
      return;
    }
    const { record: merged, disagreements } = mergeRecords(this.#current, record);
    for (const column of disagreements) this.#opened.log.add('disagreement', record.line, column);
    this.#current = merged;
  }

  flush(): void {
    const record = this.#current;
    if (record === null) return;
    this.#current = null;
    const again = this.#seen.meet(record.key);
    if (again) this.repeated += 1;
    else this.accounts += 1;
    this.#ready.push(again ? { ...record, again } : record);
  }

  take(): readonly ExportRecord[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}

function reportOf(opened: OpenedExport, merger: AdjacentMerger, reader: RecordReader): ReadReport {
  const { layout, encoding, separator, exportDate, log } = opened;
  const formBroken = log.brokenRows - (log.totals.wrongFieldCount ?? 0) - (log.totals.noIdentity ?? 0);
  return {
    layout,
    encoding,
    separator,
    exportDate,
    rows: merger.rows + formBroken,
    brokenRows: log.brokenRows,
    accounts: merger.accounts,
    repeated: merger.repeated,
    firstActive: reader.firstActive,
    lastActive: reader.lastActive,
    problems: log.problems,
    problemTotals: log.totals,
  };
}
