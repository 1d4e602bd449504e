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
  const { rows } = await sql<{ known: string; read: string; known_inside: string; read_inside: string }>`
    select k.*, r.* from
      (select count(*) as known, count(*) filter (where directory_ids <> '{}') as known_inside from account where realm_id = ${sync.source.realmId} and gone_at is null) as k,
      (select count(distinct vendor_id) as read, count(distinct vendor_id) filter (where directory_vendor_id is not null) as read_inside from staged_account where sync_id = ${sync.id}) as r`.execute(db);
  const counted = rows[0];
  // Other lists can name most accounts while those of the directories name nobody.
  const pairs = [[Number(counted?.known ?? 0), Number(counted?.read ?? 0)], [Number(counted?.known_inside ?? 0), Number(counted?.read_inside ?? 0)]] as const;
  // An organisation has at least the account that made the key.
  const least = sync.source.kind === 'atlassian-org' ? 1 : 0;
  const shrunken = pairs.find(([known, read]) => (known >= fewAccounts && read < known * smallestShare) || (read < Math.min(known, least)));
  if (shrunken === undefined && pairs[0][1] >= least) return null;
  const [known, read] = shrunken ?? pairs[0];
  return {
    totals: { known, read },
    problem: {
      code: 'suspiciouslySmall',
      text: `This reading found ${read} accounts where there were ${known}. Nothing was changed. Take it if accounts really left; drop it if the key or the vendor answered too little.`,
      data: { known, read },
    },
  };
}
