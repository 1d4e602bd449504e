import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { KeyRing } from './key-ring.ts';

/**
 * Writes down which key this installation seals with, at its first start, and refuses a node whose key is another one: what the one would seal the other could not open,
 * and nobody would notice before the first stored key. A ring that still holds the key written down is a rotation: its current key takes the place.
 */
export async function claimKey(db: Kysely<Database>, ring: KeyRing): Promise<void> {
  await db.insertInto('secret_key_in_use').values({ key_id: ring.current.id }).onConflict((conflict) => conflict.column('one').doNothing()).execute();
  const { key_id: known } = await db.selectFrom('secret_key_in_use').select('key_id').executeTakeFirstOrThrow();
  if (known === ring.current.id) return;
  if (!ring.all.some(({ id }) => id === known)) {
    throw new Error(
      `This installation seals with the secret key ${known}, but ${ring.origin} holds ${ring.all.map(({ id }) => id).join(', ')}. All nodes need the same key: copy the key file of another node ` +
        'or of your safe place here (or set the same ROLLCALL_SECRET_KEY), and start again. If that key is lost and no API key was stored with it, run "rollcall key rotate".',
    );
  }
  await noteKey(db, ring);
}

/** From now on the ring's current key is the installation's. */
export async function noteKey(db: Kysely<Database>, ring: KeyRing): Promise<void> {
  const row = { key_id: ring.current.id, noted_at: new Date() };
  await db.insertInto('secret_key_in_use').values(row).onConflict((conflict) => conflict.column('one').doUpdateSet(row)).execute();
}
