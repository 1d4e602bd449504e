import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createZstdCompress } from 'node:zlib';
import { version } from '../../app/version.ts';
import { copyTableOut } from '../../db/index.ts';
import { readSequences } from './catalogue.ts';
import type { StoredTable } from './catalogue.ts';
import { formatVersion, pieceBytes } from './format.ts';
import type { BackupRecord } from './format.ts';
import type { BackupSnapshot } from './snapshot.ts';

/** What a backup turned out to be, once its last byte was made. */
export interface BackupTotals {
  readonly rows: number;
  /** Of the file. */
  readonly bytes: number;
  /** SHA-256 of the file without its last line, in hex: what that line says. */
  readonly sha256: string;
}

/**
 * The bytes of a backup file, made while they are read: memory does not grow with the database, and reading slowly slows the database's side down. `done` is
 * called before the last bytes leave.
 */
export async function* writeBackup(snapshot: BackupSnapshot, madeAt: Date, done: (totals: BackupTotals) => Promise<void>): AsyncGenerator<Buffer, void> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = (piece: Buffer): Buffer => {
    hash.update(piece);
    bytes += piece.length;
    return piece;
  };
  yield counted(Buffer.from(`Rollcall backup ${formatVersion}\n`));
  const counts = { rows: 0 };
  const packed = createZstdCompress({ chunkSize: pieceBytes });
  // What breaks on the way ends `packed` with that error, which the loop throws.
  pipeline(Readable.from(records(snapshot, madeAt, counts), { objectMode: true, highWaterMark: 4 }), packed, () => undefined);
  for await (const piece of packed) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('zstd gives buffers.');
    yield counted(piece);
  }
  const sha256 = hash.digest('hex');
  const last = Buffer.from(`\nsha256 ${sha256}\n`);
  await done({ rows: counts.rows, bytes: bytes + last.length, sha256 });
  yield last;
}

async function* records(snapshot: BackupSnapshot, madeAt: Date, counts: { rows: number }): AsyncGenerator<Buffer, void> {
  const kept = snapshot.tables.filter((table) => table.kept);
  const leftOut = snapshot.tables.filter((table) => !table.kept).map(({ name }) => name);
  yield line({ record: 'backup', rollcall: version, madeAt: madeAt.toISOString(), ...snapshot.facts, tables: kept.map(({ name, columns }) => ({ name, columns: [...columns] })), leftOut });
  let bytes = 0;
  for (const table of kept) bytes += yield* tableRecords(snapshot, table, counts);
  const sequences = await readSequences(snapshot.client, snapshot.schema);
  yield line({ record: 'end', rows: counts.rows, bytes, sequences: sequences.filter(({ table }) => kept.some(({ name }) => name === table)) });
}

/** @returns how many bytes of rows the table has */
async function* tableRecords(snapshot: BackupSnapshot, table: StoredTable, counts: { rows: number }): AsyncGenerator<Buffer, number> {
  const hash = createHash('sha256');
  let bytes = 0;
  const copied = copyTableOut(snapshot.client, { schema: snapshot.schema, table: table.name, columns: table.columns });
  for await (const piece of inPieces(copied.text)) {
    hash.update(piece);
    bytes += piece.length;
    yield line({ record: 'rows', table: table.name, bytes: piece.length });
    yield piece;
  }
  const rows = copied.rowCount();
  counts.rows += rows;
  yield line({ record: 'table', table: table.name, rows, bytes, sha256: hash.digest('hex') });
  return bytes;
}

/** The driver gives a row or a network packet at a time; records of such a size would be mostly headings. */
async function* inPieces(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const part of text) {
    for (let from = 0; from < part.length; from += pieceBytes) {
      const one = part.subarray(from, from + pieceBytes);
      waiting.push(one);
      waitingBytes += one.length;
      if (waitingBytes < pieceBytes) continue;
      yield Buffer.concat(waiting);
      waiting = [];
      waitingBytes = 0;
    }
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}

function line(record: BackupRecord): Buffer {
  return Buffer.from(`${JSON.stringify(record)}\n`);
}
