import type { Kysely, Transaction } from 'kysely';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import type { KeyRing, SecretKey } from './key-ring.ts';
import { openValue, sealValue } from './seal.ts';

type Wall = Pick<Scope, 'workspaceId'>;

/** Write-only for people: a value goes in by `seal` and comes out only for the request to the vendor. */
export interface Secrets {
  seal(trx: Transaction<Database>, scope: Wall, sourceId: string, field: string, plain: string): Promise<void>;
  /** Null when nothing is stored. Throws when the key that sealed it is missing. */
  open(scope: Wall, sourceId: string, field: string): Promise<string | null>;
  remove(trx: Transaction<Database>, scope: Wall, sourceId: string): Promise<void>;
}

/** A stored value was sealed with a key that we do not have. */
class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';
}

export function createSecrets(db: Kysely<Database>, ring: KeyRing): Secrets {
  return {
    seal: async (trx, { workspaceId }, sourceId, field, plain) => {
      const row = { key_id: ring.current.id, ...sealValue(ring.current, { workspaceId, sourceId, field }, plain), updated_at: new Date() };
      await trx
        .insertInto('source_secret')
        .values({ workspace_id: workspaceId, source_id: sourceId, field, ...row })
        .onConflict((conflict) => conflict.columns(['source_id', 'field']).doUpdateSet(row).where('source_secret.workspace_id', '=', workspaceId))
        .execute();
    },
    open: async ({ workspaceId }, sourceId, field) => {
      const row = await db
        .selectFrom('source_secret')
        .select(['key_id', 'nonce', 'sealed'])
        .where('workspace_id', '=', workspaceId)
        .where('source_id', '=', sourceId)
        .where('field', '=', field)
        .executeTakeFirst();
      return row === undefined ? null : openValue(keyNamed(ring, row.key_id), { workspaceId, sourceId, field }, row);
    },
    remove: async (trx, { workspaceId }, sourceId) => {
      await trx.deleteFrom('source_secret').where('workspace_id', '=', workspaceId).where('source_id', '=', sourceId).execute();
    },
  };
}

/** Throws MissingKeyError when stored values need a key that the ring lacks: better at start than at the next sync. */
export async function assertKeysKnown(db: Kysely<Database>, ring: KeyRing): Promise<void> {
  const rows = await db.selectFrom('source_secret').select('key_id').distinct().execute();
  for (const { key_id: id } of rows) keyNamed(ring, id);
}

/** The key with this name. Throws MissingKeyError that says which one is needed and where to put it. */
export function keyNamed(ring: KeyRing, id: string): SecretKey {
  const key = ring.all.find((one) => one.id === id);
  if (key !== undefined) return key;
  throw new MissingKeyError(
    `Stored API keys were sealed with the secret key ${id}, but ${ring.origin} holds ${ring.all.map((one) => one.id).join(', ')}. ` +
      'Put the saved copy of that key back (a line in the key file, or ROLLCALL_SECRET_KEY), or enter the API keys again in Sources.',
  );
}
