import { atCommit } from '../../app/commit-points.ts';
import { keepEpoch } from './keep-epoch.ts';
import { sql } from 'kysely';
import { transaction } from '../../db/index.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import type { OpenSync } from './sync-record.ts';

/**
 * Stages the accesses that group memberships give and the bulk read did not name (a vendor may leave out apps that were never used): held, and
 * of unknown activity. Without them nobody who never came would be seen to hold a seat. A repetition adds nothing.
 */
export async function stageImpliedAccesses(deps: Dependencies, sync: OpenSync, givesAccess: (role: string) => boolean): Promise<void> {
  await atCommit(deps, 'sync.implied', () => transaction(deps.pool, async (trx, client) => {
    await keepEpoch(client, sync, JSON.stringify(sync.progress));
    const { rows } = await sql<{ role: string }>`select distinct role from staged_grant where sync_id = ${sync.id}`.execute(trx);
    const roles = rows.map((row) => row.role).filter(givesAccess);
    for (const table of ['staged_access', 'staged_member']) await sql`analyze ${sql.table(table)}`.execute(trx);
    await sql`
      insert into staged_access (sync_id, account_vendor_id, resource_vendor_id, holding, last_kind, unknown_why, evidence_kind)
      select distinct ${sync.id}::uuid, m.account_vendor_id, g.resource_vendor_id, 'has', 'unknown', 'notGiven', 'orgSearch'
      from staged_member m
      join (select distinct group_vendor_id, resource_vendor_id from staged_grant where sync_id = ${sync.id} and role = any(${roles}::text[])) as g using (group_vendor_id)
      join (select distinct vendor_id from staged_resource where sync_id = ${sync.id}) as r on r.vendor_id = g.resource_vendor_id
      where m.sync_id = ${sync.id} and not exists (
        select 1 from staged_access x where x.sync_id = ${sync.id} and x.account_vendor_id = m.account_vendor_id and x.resource_vendor_id = g.resource_vendor_id
          and x.evidence_kind in ('orgSearch', 'managedAccounts') and x.holding = 'has')`.execute(trx);
  }));
}
