import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';

export interface Pause {
  readonly at: Date;
  /** Name of who paused. */
  readonly by: string;
  readonly reason: string;
}

/** Null when nothing is paused. Every run asks between two people, and every schedule before it starts. */
export async function readPause(db: Kysely<Database>, workspaceId: number): Promise<Pause | null> {
  const row = await db.selectFrom('workspace').select(['paused_at', 'paused_by', 'paused_reason']).where('id', '=', workspaceId).executeTakeFirst();
  if (row === undefined || row.paused_at === null) return null;
  return { at: row.paused_at, by: row.paused_by ?? '', reason: row.paused_reason ?? '' };
}
