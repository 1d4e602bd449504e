import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';

/** Removes sessions, verifications and invitations whose time is over, and counters of sign-ins of the last day. */
export async function forgetOldSignIns(db: Kysely<Database>, now: Date): Promise<void> {
  await db.deleteFrom('person_session').where('expires_at', '<', now).execute();
  await db.deleteFrom('person_verification').where('expires_at', '<', now).execute();
  await db.deleteFrom('invitation').where('expires_at', '<', new Date(now.getTime() - 30 * 86_400_000)).execute();
  await db.deleteFrom('sign_in_rate').where('last_request', '<', now.getTime() - 86_400_000).execute();
}
