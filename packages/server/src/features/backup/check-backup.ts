import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { BackupFileError } from './backup-file-error.ts';
import { pieceBytes, schemaOf } from './format.ts';
import type { BackupHeader, TableRecord } from './format.ts';
import { readBackup } from './read-backup.ts';

/** What a file holds that was read whole and found undamaged. */
export interface BackupSummary {
  readonly header: BackupHeader;
  /** Number of the schema's last migration. */
  readonly schema: number;
  readonly rows: number;
  /** Bytes of the rows, unpacked. */
  readonly bytes: number;
  readonly tables: readonly TableRecord[];
  readonly sequences: readonly { readonly table: string; readonly column: string; readonly last: number }[];
}

/** The file's bytes, and how long it is. Throws BackupFileError when there is no such file. */
export async function openBackupFile(file: string): Promise<{ readonly size: number; readonly bytes: AsyncIterable<Uint8Array> }> {
  const facts = await stat(file).catch(() => null);
  if (facts === null || !facts.isFile()) throw new BackupFileError(`There is no file ${file}. Make one with: rollcall backup ${file}`);
  return { size: facts.size, bytes: createReadStream(file, { highWaterMark: pieceBytes }) };
}

/** Reads a backup to its end. Throws BackupFileError at the first thing that is wrong. `onRows` is told the rows read so far. */
export async function checkBackup(source: AsyncIterable<Uint8Array>, onRows: (rows: number) => void = () => undefined): Promise<BackupSummary> {
  let header: BackupHeader | undefined;
  const tables: TableRecord[] = [];
  let rows = 0;
  for await (const part of readBackup(source)) {
    if (part.kind === 'header') ({ header } = part);
    if (part.kind === 'table') tables.push(part.table);
    if (part.kind === 'rows') onRows((rows += part.rows));
    if (part.kind === 'end' && header !== undefined) return { header, schema: schemaOf(header), rows, bytes: part.end.bytes, tables, sequences: part.end.sequences };
  }
  throw new BackupFileError('The file is incomplete. Use another backup.');
}
