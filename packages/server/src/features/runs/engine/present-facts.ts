import { parseCivilDate } from '@rollcall/core';
import { sql } from 'kysely';
import { domainCovers } from '../../exemptions/index.ts';
import type { ItemWork, OpenItem } from './run-record.ts';
import type { CivilDate } from '@rollcall/core';
import type { Observation } from '@rollcall/connectors/kit';

/** What the inventory says about an access now; another reading may have changed it since the plan was made. */
export interface PresentAccess {
  readonly resourceId: number;
  readonly kind: 'at' | 'never' | 'unknown';
  readonly on: CivilDate | null;
  readonly clockOn: CivilDate | null;
}

export interface PresentFacts {
  readonly protectedBy: string | null;
  readonly looksLikeService: boolean;
  readonly exempt: boolean;
  readonly ownsKey: boolean;
  readonly accesses: readonly PresentAccess[];
}

/** Reads what we know about a person now: protections, exemptions, and activity that a sync or a file brought since the plan was made. */
export async function presentFacts({ deps, run }: ItemWork, item: OpenItem, seen: Observation): Promise<PresentFacts> {
  const groups = (seen.groups ?? []).map((group) => group.id);
  const { rows } = await sql<{ protected_by: string | null; looks_like_service: boolean; exempt: boolean; owns_key: boolean }>`
    select a.protected_by, a.looks_like_service,
      exists (select 1 from source s where s.id = ${run.source.id} and s.key_owner is not null and (s.key_owner = a.vendor_id or lower(s.key_owner) = lower(a.email))) as owns_key,
      exists (
        select 1 from exemption o
        where o.workspace_id = ${run.workspaceId} and o.ended_at is null and (o.ends_on is null or o.ends_on >= ${deps.now()}::date)
          and ((o.kind = 'account' and o.realm_id = a.realm_id and o.subject = a.vendor_id) or (o.kind = 'domain' and ${domainCovers(sql`o.subject`, sql`a.email_domain`)})
            or (o.kind = 'group' and o.realm_id = a.realm_id and o.subject = any(${groups}::text[])))) as exempt
    from account a where a.id = ${item.accountId}`.execute(deps.db);
  const accesses = await deps.db.selectFrom('access').select(['resource_id', 'last_kind', 'last_on', 'clock_on']).where('account_id', '=', item.accountId).where('holding', '<>', 'none').execute();
  const row = rows[0];
  return {
    protectedBy: row?.protected_by ?? null,
    looksLikeService: row?.looks_like_service === true,
    exempt: row?.exempt === true,
    ownsKey: row?.owns_key === true,
    accesses: accesses.map((one) => ({ resourceId: one.resource_id, kind: one.last_kind, on: dayOf(one.last_on), clockOn: dayOf(one.clock_on) })),
  };
}

function dayOf(text: string | null): CivilDate | null {
  return text === null ? null : parseCivilDate(text);
}
