import { createHash } from 'node:crypto';
import type pg from 'pg';
import { copyTableOut, copyTextIn } from '../../../db/index.ts';
import { BackupFileError } from '../backup-file-error.ts';
import type { BackupSummary } from '../check-backup.ts';
import type { TableRecord } from '../format.ts';
import { readBackup } from '../read-backup.ts';
import type { BackupPart } from '../read-backup.ts';
import { freshSchema } from './fresh-schema.ts';

/** Loads every table of the file, one COPY each. `onBytes` is told the bytes of rows so far. Throws BackupFileError when the file is not the one that was checked. */
export async function loadTables(client: pg.ClientBase, source: AsyncIterable<Uint8Array>, summary: BackupSummary, onBytes: (bytes: number) => void): Promise<void> {
  const parts = readBackup(source);
  const first = await parts.next();
  if (first.done === true || first.value.kind !== 'header' || JSON.stringify(first.value.header) !== JSON.stringify(summary.header)) throw changed();
  let bytes = 0;
  for (const [index, table] of summary.tables.entries()) {
    const text = rowsOf(parts, table, (length) => { onBytes((bytes += length)); });
    const rows = await copyTextIn(client, { schema: freshSchema, table: table.table, columns: summary.header.tables[index]?.columns ?? [] }, text);
    if (rows !== table.rows) throw new Error(`The database took ${rows} rows of ${table.table} instead of ${table.rows}. Nothing was restored.`);
  }
  const last = await parts.next();
  if (last.done === true || last.value.kind !== 'end') throw changed();
}

async function* rowsOf(parts: AsyncGenerator<BackupPart, void>, table: TableRecord, onBytes: (length: number) => void): AsyncGenerator<Buffer, void> {
  for (;;) {
    const { value, done } = await parts.next();
    if (done === true || (value.kind !== 'rows' && value.kind !== 'table')) throw changed();
    if (value.kind === 'table') {
      if (JSON.stringify(value.table) !== JSON.stringify(table)) throw changed();
      return;
    }
    onBytes(value.text.length);
    yield value.text;
  }
}

/**
 * Reads every loaded table back: what the database stores must be, byte for byte, what the file holds. Rows come in the order in which one COPY loaded them,
 * because the tables were made in the same transaction.
 */
export async function assertLoaded(client: pg.ClientBase, summary: BackupSummary): Promise<void> {
  for (const [index, table] of summary.tables.entries()) {
    const hash = createHash('sha256');
    const copied = copyTableOut(client, { schema: freshSchema, table: table.table, columns: summary.header.tables[index]?.columns ?? [] });
    for await (const piece of copied.text) hash.update(piece);
    if (copied.rowCount() === table.rows && hash.digest('hex') === table.sha256) continue;
    throw new Error(`Read back, the rows of ${table.table} are not those of the file. Nothing was restored: check the database server's disk and memory.`);
  }
}

function changed(): BackupFileError {
  return new BackupFileError('The file changed while it was read. Nothing was restored; try again.');
}
