import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Pool } from 'pg';
import { asDiskFull, checkServer, createPool, DiskFullError, isDiskFull, migrate, startEmbedded } from '../db/index.ts';
import type { EmbeddedDatabase } from '../db/index.ts';
import { checkBackup, inspectTarget, openBackupFile, restoreBackup, RestoreRefused, stepsFor } from '../features/backup/index.ts';
import type { BackupSummary, Restored, RestoreProgress, RestoreTarget } from '../features/backup/index.ts';
import { createKeyRing, ensureKeyFile } from '../features/secrets/index.ts';
import type { Config } from './config.ts';
import type { Log } from './dependencies.ts';

type Place = Pick<Config, 'databaseUrl' | 'dataFolder' | 'secretKey' | 'olderSecretKeys'>;

export interface RestoreOptions {
  /** Asked when the database holds something: resolves when it may be replaced, else throws. */
  readonly mayReplace: (target: RestoreTarget) => Promise<void>;
  /** Restore even though no key here opens the stored API keys: they are left out, and second factors as well. */
  readonly withoutKeys: boolean;
  readonly onProgress: (progress: RestoreProgress) => void;
}

/** Reads a backup file to its end and checks that this program can restore it. Nothing else is touched. Throws BackupFileError. */
export async function checkBackupFile(file: string, onProgress: (progress: RestoreProgress) => void): Promise<BackupSummary & { readonly fileBytes: number }> {
  const { size, bytes } = await openBackupFile(file);
  let read = 0;
  const watched = async function* watched(): AsyncGenerator<Uint8Array, void> {
    for await (const piece of bytes) {
      read += piece.length;
      onProgress({ text: 'Checking the file', done: Math.floor(read / 1024), total: Math.ceil(size / 1024) });
      yield piece;
    }
  };
  const summary = await checkBackup(watched());
  await stepsFor(summary);
  return { ...summary, fileBytes: size };
}

/**
 * Checks the whole file, then puts it into the place of the database of the settings, in one transaction. No node may be running.
 * Throws BackupFileError, RestoreRefused, DiskFullError, or what `mayReplace` throws, with the database as it was.
 */
export async function restoreDatabase(config: Place, log: Log, file: string, options: RestoreOptions): Promise<Restored> {
  const summary = await checkBackupFile(file, options.onProgress);
  if (!options.withoutKeys) await assertKeysHere(config, summary);
  await using cleanUp = new AsyncDisposableStack();
  const embedded = config.databaseUrl === undefined ? await startEmbedded({ dataFolder: config.dataFolder }) : null;
  if (embedded !== null) cleanUp.defer(() => embedded.stop());
  const connectionString = embedded?.connectionString ?? config.databaseUrl ?? '';
  const pool = createPool({ connectionString, applicationName: 'rollcall restore', max: 3, onError: (error) => { log.warn({ error }, 'A database connection broke'); } });
  cleanUp.defer(() => pool.end());
  const target = await inspectTarget(pool);
  if (target.name !== null) await options.mayReplace(target);
  try {
    return await into(pool, log, file, summary, options);
  } catch (error) {
    throw await asRoomMissing(error, embedded, config.dataFolder);
  }
}

async function into(pool: Pool, log: Log, file: string, summary: BackupSummary, options: RestoreOptions): Promise<Restored> {
  const report = await checkServer(pool);
  for (const warning of report.warnings) log.warn({}, warning);
  await migrate(pool);
  const { bytes } = await openBackupFile(file);
  return await restoreBackup(pool, { summary, bytes, now: new Date(), withoutKeys: options.withoutKeys, onProgress: options.onProgress });
}

/** A server that has no room even for its log ends instead of saying so: then the broken connection means a full disk. */
async function asRoomMissing(error: unknown, embedded: EmbeddedDatabase | null, dataFolder: string): Promise<unknown> {
  if (embedded === null) return asDiskFull(error, "the database server's");
  return isDiskFull(error) || (brokeOff(error) && (await embedded.diskIsFull())) ? new DiskFullError(dataFolder, { cause: error }) : error;
}

function brokeOff(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return error instanceof Error && (error.message.startsWith('Connection terminated') || code === 'ECONNRESET' || code === 'EPIPE' || code === '57P02');
}

/** Better said before anything is loaded than by the next start, which needs the key. */
async function assertKeysHere(config: Place, { header }: BackupSummary): Promise<void> {
  if (header.keyIds.length === 0) return;
  const file = path.join(config.dataFolder, 'secret.key');
  const ring = config.secretKey !== undefined ? createKeyRing([config.secretKey, ...config.olderSecretKeys], 'ROLLCALL_SECRET_KEY') : existsSync(file) ? await ensureKeyFile(config.dataFolder) : null;
  const missing = header.keyIds.filter((id) => ring?.all.every((key) => key.id !== id) ?? true);
  if (missing.length === 0) return;
  throw new RestoreRefused(
    `The API keys in this backup are sealed with the secret key ${missing.join(', ')}, which is not here. Put the saved copy of that key into ${file} (or ROLLCALL_SECRET_KEY), then restore. ` +
      'If it is lost, restore with --without-keys: the API keys are entered again, and second factors are set up anew.',
  );
}
