import { addDays } from '@rollcall/core';
import { decodeFile } from './decode.ts';
import type { DateRules } from './dates.ts';
import { exportDateOf } from './export-date.ts';
import type { ExportDate, FileFacts } from './export-date.ts';
import type { ExportLayout } from './layout.ts';
import type { Encoding } from './looks-like.ts';
import { ProblemLog } from './problem-log.ts';
import { recognise } from './recognise.ts';
import { ExportRefused } from './refusal.ts';
import type { BrokenRow } from './row-sink.ts';
import { RowSplitter } from './row-splitter.ts';
import { rowTexts } from './row-view.ts';
import type { RowView } from './row-view.ts';
import { sniffSeparator } from './separator.ts';
import type { Separator } from './separator.ts';

export interface OpenOptions extends FileFacts {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes of the file read so far, about once per chunk. */
  readonly onBytes?: ((bytesRead: number) => void) | undefined;
  /** How many problems are kept in full (default 10,000); all are counted. */
  readonly keptProblems?: number | undefined;
}

/** An export whose header has been read. `steps` reads the rest: it yields after each chunk, with the rows handed to `onRow` meanwhile. */
export interface OpenedExport {
  readonly layout: ExportLayout;
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly exportDate: ExportDate | null;
  readonly dateRules: DateRules;
  readonly log: ProblemLog;
  steps(onRow: (row: RowView) => void): AsyncGenerator<void, void, undefined>;
}

/**
 * Opens an export given as byte chunks of any size: decodes it, finds the separator, reads and recognises the header. Throws `ExportRefused` for
 * anything that is no export of accounts, and the signal's reason when aborted. The source is closed when `steps` ends or its reader stops.
 */
export async function openExport(source: AsyncIterable<Uint8Array>, options: OpenOptions = {}): Promise<OpenedExport> {
  const { encoding, chunks: decoded } = await decodeFile(source, options);
  const { separator, skippedLines, chunks } = await sniffSeparator(decoded);
  const log = new ProblemLog(options.keptProblems);
  const iterator = chunks[Symbol.asyncIterator]();
  let layout: ExportLayout | null = null;
  let onRow: ((row: RowView) => void) | null = null;
  const early: RowView[] = [];
  let finished = false;
  const splitter = new RowSplitter(
    {
      row(row) {
        if (layout === null) layout = recognise(rowTexts(row));
        else if (onRow === null) early.push(copyRow(row));
        else onRow(row);
      },
      broken(kind, line) {
        if (layout === null) throw brokenHeader(kind);
        log.add(kind, line);
      },
    },
    separator,
    1 + skippedLines,
  );
  const exportDate = exportDateOf(options);
  try {
    while (await advance()) if (layout !== null) break;
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
  if (layout === null) throw new ExportRefused('empty', 'This file holds no text.');

  async function advance(): Promise<boolean> {
    if (finished) return false;
    const next = await iterator.next();
    finished = next.done === true;
    if (next.done === true) splitter.end();
    else splitter.push(next.value);
    return !finished;
  }
  async function* steps(receive: (row: RowView) => void): AsyncGenerator<void, void, undefined> {
    onRow = receive;
    try {
      for (const row of early.splice(0)) receive(row);
      yield;
      while (await advance()) yield;
      yield;
    } finally {
      await iterator.return?.();
    }
  }
  const latest = exportDate === null ? null : addDays(exportDate.on, 1);
  return { layout, encoding, separator, exportDate, dateRules: { latest, timeZone: options.timeZone ?? 'UTC' }, log, steps };
}

/** Rows that stand in the header's chunk wait for their reader; the splitter reuses its own row. */
function copyRow(row: RowView): RowView {
  const start = row.starts[0] ?? 0;
  const end = row.ends[row.count - 1] ?? start;
  return {
    bytes: Buffer.from(row.bytes.subarray(start, end)),
    starts: row.starts.slice(0, row.count).map((at) => at - start),
    ends: row.ends.slice(0, row.count).map((at) => at - start),
    forms: row.forms.slice(0, row.count),
    count: row.count,
    line: row.line,
  };
}

function brokenHeader(kind: BrokenRow): ExportRefused {
  if (kind === 'tooManyFields') return new ExportRefused('tooManyColumns', 'This file has more than 2,000 columns, so it is no export of Atlassian accounts.');
  if (kind === 'nulByte') return new ExportRefused('binary', 'This file holds binary data, not text.');
  return new ExportRefused('brokenHeader', 'The header of this file cannot be read: a quote in its first line is not closed, or a name in it is far too long.');
}
