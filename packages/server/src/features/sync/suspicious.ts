import { sql } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { Kysely } from 'kysely';
import type { OpenSync } from './sync-record.ts';

/** A reading with less than this share of the last one's accounts is held (design.md section 6). */
const smallestShare = 0.7;
/** Below this many accounts a difference says nothing. */
const fewAccounts = 20;

/** Compares a finished reading with the inventory. Null: nothing suspicious. */
export async function findShrunken(db: Kysely<Database>, sync: OpenSync): Promise<{ readonly totals: Record<string, number>; readonly problem: { code: string; text: string; data: object } } | null> {
  if (sync.source.attachedRealmId !== null) return null;
  const { rows } = await sql<{ known: string; read: string }>`
    select (select count(*) from account where realm_id = ${sync.source.realmId} and gone_at is null) as known,
      (select count(distinct vendor_id) from staged_account where sync_id = ${sync.id}) as read`.execute(db);
  const known = Number(rows[0]?.known ?? 0);
  const read = Number(rows[0]?.read ?? 0);
  // An organisation has at least the account that made the key.
  const nobody = read === 0 && sync.source.kind === 'atlassian-org';
  if (!nobody && (known < fewAccounts || read >= known * smallestShare)) return null;
  return {
    totals: { known, read },
    problem: {
      code: 'suspiciouslySmall',
      text: `This reading found ${read} accounts where there were ${known}. Nothing was changed. Take it if accounts really left; drop it if the key or the vendor answered too little.`,
      data: { known, read },
    },
  };
}
