import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/** The call on a group as JSON, over aliases `g` (account_group) and `d` (its directory). */
export function groupCalls(verb: 'removeFromGroup' | 'addToGroup'): RawBuilder<unknown> {
  return sql`jsonb_build_object('verb', ${verb}::text, 'directoryId', coalesce(d.vendor_id, '-'), 'groupId', g.vendor_id, 'groupName', g.name)`;
}
