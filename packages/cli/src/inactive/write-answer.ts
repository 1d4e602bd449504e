import type { Writable } from 'node:stream';
import { appTitle } from '@rollcall/core';
import { displayWidth, fitted, terminalSafe } from './display-width.ts';
import type { InactiveAnswer, ListedAccess } from './inactive-answer.ts';
import type { OutputFormat } from './question.ts';
import { summaryJson } from './summary-json.ts';

/**
 * Writes the rows of an answer, waiting whenever the reader is slower. Tables and CSV hold the rows alone, JSON the summary too. A reader that
 * has seen enough (`| head`) ends the writing quietly.
 */
export async function writeAnswer(answer: InactiveAnswer, format: OutputFormat, out: Writable): Promise<void> {
  const broken = new AbortController();
  const onError = (error: Error): void => broken.abort(error);
  out.on('error', onError);
  try {
    const write = collector(out, broken.signal);
    for (const line of linesOf(answer, format)) {
      const writing = write(line);
      if (writing !== null) await writing;
    }
    await write(null);
  } catch (error) {
    if (!isClosedPipe(broken.signal.aborted ? broken.signal.reason : error)) throw error;
  }
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

function linesOf(answer: InactiveAnswer, format: OutputFormat): Iterable<string> {
  switch (format) {
    case 'table':
      return tableLines(answer);
    case 'csv':
      return csvLines(answer);
    case 'json':
      return jsonLines(answer);
  }
}

/** Gathers lines into pieces of 64 KiB and waits until each is handed on; null writes what is left. */
function collector(out: Writable, broken: AbortSignal): (line: string | null) => Promise<void> | null {
  let gathered: string[] = [];
  let length = 0;
  return (line) => {
    if (line !== null) {
      gathered.push(line);
      length += line.length;
      if (length < 65_536) return null;
    }
    const piece = gathered.join('');
    gathered = [];
    length = 0;
    broken.throwIfAborted();
    return piece === '' ? null : handedOn(out, piece);
  };
}

function handedOn(out: Writable, piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(piece, (error) => (error == null ? resolve() : reject(error)));
  });
}

const columns: readonly (readonly [header: string, most: number, cell: (row: ListedAccess) => string])[] = [
  ['Name', 32, (row) => row.name ?? ''],
  ['E-mail', 40, (row) => row.email ?? ''],
  ['App', 26, (row) => appTitle(row.app)],
  ['Site', 24, (row) => row.site ?? ''],
  ['Usage', 14, (row) => usageWord(row)],
  ['Last active', 11, (row) => row.lastActive ?? '–'],
  ['Added', 10, (row) => row.addedOn ?? '–'],
  ['Account id', 48, (row) => row.accountId],
];

function* tableLines(answer: InactiveAnswer): Generator<string, void, undefined> {
  if (answer.summary.listed.accesses === 0) return;
  const widths = columns.map(([header]) => displayWidth(header));
  for (const row of answer.rows()) {
    columns.forEach(([, most, cell], index) => {
      const width = Math.min(most, displayWidth(terminalSafe(cell(row))));
      if (width > (widths[index] ?? 0)) widths[index] = width;
    });
  }
  const line = (cells: readonly string[]): string => `${cells.map((cell, index) => fitted(cell, widths[index] ?? 0)).join('  ').trimEnd()}\n`;
  yield line(columns.map(([header]) => header));
  yield line(columns.map((_, index) => '─'.repeat(widths[index] ?? 0)));
  for (const row of answer.rows()) yield line(columns.map(([, , cell]) => terminalSafe(cell(row))));
}

function usageWord(row: ListedAccess): string {
  return row.usage === 'never' ? 'Never accessed' : 'Inactive';
}

function* csvLines(answer: InactiveAnswer): Generator<string, void, undefined> {
  yield 'account_id,name,email,status,app,site,usage,last_active,added_on,line\r\n';
  for (const row of answer.rows()) {
    const cells = [row.accountId, row.name, row.email, row.status, row.app, row.site, row.usage, row.lastActive, row.addedOn];
    yield `${cells.map(csvCell).join(',')},${row.line}\r\n`;
  }
}

/** A cell that a spreadsheet takes as text: what it could run as a formula starts with an apostrophe. */
function csvCell(value: string | null): string {
  if (value === null) return '';
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function* jsonLines(answer: InactiveAnswer): Generator<string, void, undefined> {
  yield `{"summary":${JSON.stringify(summaryJson(answer.summary), null, 2)},\n"accounts":[`;
  let separator = '\n';
  for (const row of answer.rows()) {
    yield `${separator}${JSON.stringify(row)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}
