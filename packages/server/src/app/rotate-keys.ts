import { randomBytes } from 'node:crypto';
import { transaction } from '../db/index.ts';
import { resealTwoFactor } from '../features/people/index.ts';
import { createKeyRing, ensureKeyFile, noteKey, resealSecrets, writeKeyFile } from '../features/secrets/index.ts';
import type { KeyRing } from '../features/secrets/index.ts';
import type { Config } from './config.ts';
import type { Log } from './dependencies.ts';
import { openDatabase } from './open-database.ts';

export interface Rotated {
  /** Name of the key that seals from now on. */
  readonly keyId: string;
  /** Stored API keys that were sealed anew. */
  readonly values: number;
  /** People whose two-factor secret was sealed anew. Everybody signs in again. */
  readonly people: number;
}

/**
 * Seals everything anew with another key, with the server stopped. A key file gets a new key here; with ROLLCALL_SECRET_KEY the new
 * one stands there and the old ones in ROLLCALL_OLDER_SECRET_KEYS. The file holds both keys until all is sealed anew: a crash on
 * the way loses nothing, and doing it again completes it.
 */
export async function rotateKeys(config: Config, log: Log): Promise<Rotated> {
  const database = await openDatabase(config, log);
  try {
    const ring = await nextRing(config);
    const done = await transaction(database.pool, async (trx) => {
      await noteKey(trx, ring);
      return { people: await resealTwoFactor(trx, ring), values: await resealSecrets(trx, ring, new Date()) };
    });
    if (config.secretKey === undefined) await writeKeyFile(config.dataFolder, [ring.current.bytes]);
    return { keyId: ring.current.id, ...done };
  } finally {
    await database.close();
  }
}

async function nextRing(config: Config): Promise<KeyRing> {
  if (config.secretKey !== undefined) return createKeyRing([config.secretKey, ...config.olderSecretKeys], 'ROLLCALL_SECRET_KEY');
  const before = await ensureKeyFile(config.dataFolder);
  await writeKeyFile(config.dataFolder, [randomBytes(32), ...before.all.map((key) => key.bytes)]);
  return ensureKeyFile(config.dataFolder);
}
