import type { BackupSummary } from '@rollcall/server';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import { facts } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { megabytes } from './megabytes.ts';

type Checked = BackupSummary & { readonly fileBytes: number };

/** What is said about a backup file. */
export interface BackupFacts {
  readonly file: string;
  readonly fileBytes: number;
  readonly madeAt: string;
  readonly rollcall: string;
  readonly postgres: number;
  readonly schema: number;
  readonly rows: number;
  readonly tables: number;
  readonly workspaces: readonly string[];
  readonly keyIds: readonly string[];
}

export function factsOf(file: string, { header, fileBytes, rows, tables, schema }: Checked): BackupFacts {
  return { file, fileBytes, madeAt: header.madeAt, rollcall: header.rollcall, postgres: header.postgres, schema, rows, tables: tables.length, workspaces: header.workspaces.map(({ name }) => name), keyIds: header.keyIds };
}

export function factsText(file: string, summary: Checked): string {
  const told = factsOf(file, summary);
  return `${file} is whole.\n${facts([
    ['Made', `${clockTime(told.madeAt)} by Rollcall ${told.rollcall} on PostgreSQL ${told.postgres}`],
    ['Schema', told.schema],
    ['Workspaces', told.workspaces.join(', ')],
    ['Rows', told.rows],
    ['Size', megabytes(told.fileBytes)],
    ['Needs key', told.keyIds.length === 0 ? 'none' : told.keyIds.join(', ')],
  ])}`;
}

/** Reads a file to its end as a restore would. Throws with exit code 2 what is wrong with it. */
export async function checkFile(output: Output, file: string): Promise<Checked> {
  const { checkBackupFile } = await import('@rollcall/server');
  const progress = output.progress();
  try {
    return await checkBackupFile(file, (state) => { progress.show(state); });
  } catch (error) {
    throw asRefusal(error);
  } finally {
    progress.end();
  }
}

/** The server's refusals with the exit codes that the CLI has for them. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'BackupFileError') return new CliError(error.message, exitCodes.usage, { cause: error });
  return error.name === 'RestoreRefused' ? new CliError(error.message, exitCodes.refused, { cause: error }) : error;
}
