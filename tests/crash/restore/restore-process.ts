import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { killDatabase } from '../kill-database.ts';
import { restoreReport } from './restore-report.ts';
import type { RestoreStop } from './restore-report.ts';

export interface RestoreEnd {
  /** Null: killed. */
  readonly code: number | null;
  /** What it said on standard error. */
  readonly said: string;
  /** How many commits the database has confirmed. */
  readonly commits: number;
}

export interface RestoreProcess {
  /** Settles when it stands still. */
  readonly reached: Promise<'reached'>;
  /** Settles when it makes its first schema. */
  readonly begun: Promise<'begun'>;
  readonly ended: Promise<RestoreEnd>;
  /** SIGKILL, the processes of the database first if they are to go along. */
  kill(withDatabase: boolean): Promise<RestoreEnd>;
}

const main = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
const watch = new URL('restore-watch.ts', import.meta.url).href;

/** `rollcall restore FILE` as a process of its own; `replace`: the workspace's name, typed in advance. */
export function startRestore(dataFolder: string, file: string, replace: string | null, stop: RestoreStop): RestoreProcess {
  const child = spawn(process.execPath, ['--import', watch, main, 'restore', file, ...(replace === null ? [] : ['--replace', '--confirm', replace])], {
    env: { PATH: process.env['PATH'], HOME: dataFolder, ROLLCALL_DATA: dataFolder, ROLLCALL_PORT: '1', CRASH_STOP: JSON.stringify(stop) },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const reached = Promise.withResolvers<'reached'>();
  const begun = Promise.withResolvers<'begun'>();
  let commits = 0;
  let said = '';
  const reports = child.stdio[3];
  if (!(reports instanceof Readable)) throw new Error('The restore has no pipe for reports.');
  createInterface({ input: reports }).on('line', (line) => {
    const report = restoreReport.parse(JSON.parse(line));
    if ('reached' in report) reached.resolve('reached');
    else if ('begun' in report) begun.resolve('begun');
    else commits = report.committed;
  });
  child.stderr?.on('data', (piece: Buffer) => { said += piece.toString(); });
  const ended = new Promise<RestoreEnd>((resolve) => { child.once('close', (code) => { resolve({ code, said, commits }); }); });
  return {
    reached: reached.promise,
    begun: begun.promise,
    ended,
    async kill(withDatabase) {
      if (withDatabase) await killDatabase(dataFolder);
      child.kill('SIGKILL');
      return ended;
    },
  };
}
