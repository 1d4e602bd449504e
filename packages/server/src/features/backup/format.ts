import { z } from 'zod';

/**
 * The file, format 1 (docs/guide/backup-and-restore.md has it for readers):
 *
 *     Rollcall backup 1\n
 *     one zstd frame: records
 *     \nsha256 <64 hex digits of everything before this line end>\n
 *
 * Inside, each record is a line of JSON; `rows` is followed by that many bytes of PostgreSQL's COPY text. The order is: `backup`, then for each table its `rows`
 * (as many as needed) and one `table`, then `end`.
 */
export const formatVersion = 1;
export const firstLine = /^Rollcall backup (?<version>\d{1,6})\n/u;
/** Bytes of the longest first line. */
export const firstLineLimit = 32;
export const lastLine = /^\nsha256 (?<digest>[0-9a-f]{64})\n$/u;
/** Bytes of the last line. */
export const lastLineBytes = 1 + 'sha256 '.length + 64 + 1;

/** Rows travel in pieces of about this many bytes; a reader takes none larger than the limit, whatever a file says. */
export const pieceBytes = 256 * 1024;
const pieceLimit = 4 * 1024 * 1024;
/** The longest line of JSON that a reader takes. */
export const lineLimit = 4 * 1024 * 1024;

const count = z.number().int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

export const backupHeader = z.object({
  record: z.literal('backup'),
  /** Version of the program that made it. */
  rollcall: z.string().max(100),
  madeAt: z.iso.datetime(),
  /** PostgreSQL's major version. */
  postgres: count,
  /** Every migration of the schema whose rows these are, in order. */
  migrations: z.array(z.object({ number: z.number().int().min(1), name: z.string().max(200), sha256 })).min(1),
  tables: z.array(z.object({ name: z.string().max(63), columns: z.array(z.string().max(63)).min(1) })),
  /** Tables whose rows are not kept: they are made anew, or are over soon. */
  leftOut: z.array(z.string().max(63)),
  workspaces: z.array(z.object({ key: z.string(), name: z.string() })),
  /** Names of the keys with which the secrets in it are sealed (never the keys). */
  keyIds: z.array(z.string().max(64)),
});
export type BackupHeader = z.infer<typeof backupHeader>;

const rowsRecord = z.object({ record: z.literal('rows'), table: z.string(), bytes: count.min(1).max(pieceLimit) });
const tableRecord = z.object({ record: z.literal('table'), table: z.string(), rows: count, bytes: count, sha256 });
export type TableRecord = z.infer<typeof tableRecord>;
const endRecord = z.object({
  record: z.literal('end'),
  rows: count,
  bytes: count,
  /** The last number that each identity column gave out. */
  sequences: z.array(z.object({ table: z.string().max(63), column: z.string().max(63), last: count })),
});
export type EndRecord = z.infer<typeof endRecord>;

export const backupRecord = z.discriminatedUnion('record', [backupHeader, rowsRecord, tableRecord, endRecord]);
export type BackupRecord = z.infer<typeof backupRecord>;

/** The version of the schema: the number of its last migration. */
export function schemaOf(header: Pick<BackupHeader, 'migrations'>): number {
  return header.migrations.at(-1)?.number ?? 0;
}
