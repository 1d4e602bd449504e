import { createHash } from 'node:crypto';
import { BackupFileError } from './backup-file-error.ts';
import { ByteReader } from './byte-reader.ts';
import { backupRecord, lineLimit } from './format.ts';
import type { BackupHeader, BackupRecord, EndRecord, TableRecord } from './format.ts';
import { unpack } from './unpack.ts';

/** A backup as it is read: heading, then for each table its rows and what they amount to, then the end. */
export type BackupPart =
  | { readonly kind: 'header'; readonly header: BackupHeader }
  | { readonly kind: 'rows'; readonly table: string; readonly text: Buffer; readonly rows: number }
  | { readonly kind: 'table'; readonly table: TableRecord }
  | { readonly kind: 'end'; readonly end: EndRecord };

/**
 * Reads a backup, a piece at a time, and checks everything on the way: structure, number of rows and digest of each table before its `table` part is given, and
 * the digest of the whole file before `end` is. Whoever got the `end` has read a whole and undamaged backup. Throws BackupFileError; an error of the source itself
 * (a disk, a connection) is thrown as it is.
 */
export async function* readBackup(source: AsyncIterable<Uint8Array>): AsyncGenerator<BackupPart, void> {
  const unpacked = unpack(source);
  const reader = new ByteReader(unpacked.records);
  const parts = partsOf(reader);
  try {
    for (;;) {
      const { value, done } = await parts.next().catch((error: unknown) => { throw unpacked.tell(error); });
      if (done === true) return;
      yield value;
    }
  } finally {
    await reader.stop();
  }
}

async function* partsOf(reader: ByteReader): AsyncGenerator<BackupPart, void> {
  const header = await nextRecord(reader);
  if (header.record !== 'backup') throw misplaced();
  yield { kind: 'header', header };
  const total = { rows: 0, bytes: 0 };
  for (const { name } of header.tables) {
    const counted = yield* tableParts(reader, name);
    total.rows += counted.rows;
    total.bytes += counted.bytes;
  }
  const end = await nextRecord(reader);
  if (end.record !== 'end' || end.rows !== total.rows || end.bytes !== total.bytes) throw misplaced();
  await reader.end();
  yield { kind: 'end', end };
}

async function* tableParts(reader: ByteReader, table: string): AsyncGenerator<BackupPart, { rows: number; bytes: number }> {
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  for (;;) {
    const record = await nextRecord(reader);
    if ((record.record !== 'rows' && record.record !== 'table') || record.table !== table) throw misplaced();
    if (record.record === 'rows') {
      const text = await reader.bytes(record.bytes);
      hash.update(text);
      bytes += text.length;
      const found = lineEnds(text);
      rows += found;
      yield { kind: 'rows', table, text, rows: found };
      continue;
    }
    if (record.rows !== rows || record.bytes !== bytes || record.sha256 !== hash.digest('hex')) {
      throw new BackupFileError(`The file is damaged: the rows of ${table} are not those that were written. Use another backup.`);
    }
    yield { kind: 'table', table: record };
    return { rows, bytes };
  }
}

/** COPY's text format writes a row as one line: line ends inside values are escaped. */
function lineEnds(text: Buffer): number {
  let found = 0;
  for (let at = text.indexOf(0x0a); at !== -1; at = text.indexOf(0x0a, at + 1)) found += 1;
  return found;
}

async function nextRecord(reader: ByteReader): Promise<BackupRecord> {
  const parsed = backupRecord.safeParse(jsonOf(await reader.line(lineLimit)));
  if (parsed.success) return parsed.data;
  throw misplaced();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function misplaced(): BackupFileError {
  return new BackupFileError('The file is damaged: what stands in it is not in the order of a backup. Use another backup.');
}
