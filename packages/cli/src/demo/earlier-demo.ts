import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ProblemError, routes } from '@rollcall/contract';
import { createLog, loadConfig, localTokenPath, openDatabase } from '@rollcall/server';
import { CliError } from '../cli-error.ts';
import { announcedServer, readTrimmed } from '../connection/address-file.ts';
import { clientOf } from '../connection/connection.ts';
import { isUnreachable } from '../error-report.ts';

/** Throws when a demo runs in the folder already. */
export async function assertNoDemoRuns(folder: string): Promise<void> {
  const [url, token] = await Promise.all([announcedServer(folder), readTrimmed(localTokenPath(folder))]);
  if (url === null || token === null) return;
  try {
    await clientOf(url, token).call(routes.session.me, {});
  } catch (error) {
    if (isUnreachable(error) || error instanceof ProblemError) return;
    throw error;
  }
  throw new CliError(`A demo runs already: ${url}. Use it, or stop it with Ctrl-C where it was started.`);
}

/** Stops a database that a killed demo left running: its folder must not be taken away from under it. */
export async function stopLeftDatabase(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch((): string[] => []);
  if (!names.some((name) => path.basename(name) === 'postmaster.pid')) return;
  const database = await openDatabase({ ...loadConfig({}), databaseUrl: undefined, dataFolder: folder }, createLog('error'));
  await database.close();
}
