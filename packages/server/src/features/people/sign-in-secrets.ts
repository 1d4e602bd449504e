import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import type { Transaction } from 'kysely';
import type { Database } from '../../db/index.ts';
import { deriveKey } from '../secrets/index.ts';
import type { KeyRing } from '../secrets/index.ts';

export interface SignInSecret {
  /** Stands in what was sealed with it; derived from the key's name, so that every node knows it. */
  readonly version: number;
  readonly value: string;
}

/** The sign-in's own secrets, one per key of the ring and derived from it, the current one first. */
export function signInSecrets(ring: KeyRing): readonly SignInSecret[] {
  return ring.all.map((key) => ({ version: Number.parseInt(key.id, 16), value: deriveKey(key, 'sign-in') }));
}

/** Seals all two-factor secrets anew with the current key. @returns how many people have one */
export async function resealTwoFactor(trx: Transaction<Database>, ring: KeyRing): Promise<number> {
  const all = signInSecrets(ring);
  const key = { keys: new Map(all.map(({ version, value }) => [version, value])), currentVersion: all[0]?.version ?? 0 };
  const anew = async (data: string): Promise<string> => symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data }) });
  const rows = await trx.selectFrom('person_two_factor').select(['id', 'secret', 'backup_codes']).forUpdate().execute();
  for (const row of rows) {
    await trx.updateTable('person_two_factor').set({ secret: await anew(row.secret), backup_codes: await anew(row.backup_codes) }).where('id', '=', row.id).execute();
  }
  return rows.length;
}
