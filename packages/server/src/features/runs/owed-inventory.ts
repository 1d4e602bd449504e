import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { atCommit } from '../../app/commit-points.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import { transaction } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import { mayChangeRealm, noteObserved } from '../sync/index.ts';
import { takeMadeCalls } from './made-calls.ts';
import type { ItemOfCalls } from './made-calls.ts';

interface OwedItem extends ItemOfCalls {
  readonly run_id: string;
  readonly updated_at: Date;
}

/**
 * Brings to the inventory what runs changed while a reading was being taken in: no run waits for one (it can take minutes). Leaves what is still locked for the next call. Any
 * node may do it, and a kill in between loses nothing: the rows say what is owed.
 */
export async function settleOwed(deps: Pick<Dependencies, 'db' | 'pool' | 'atCommit'>): Promise<void> {
  let lastId = 0;
  for (;;) {
    const next = await deps.db.selectFrom('run_item').select('id').where('inventory_owed', '=', true).where('id', '>', lastId).orderBy('id').limit(1).executeTakeFirst();
    if (next === undefined) return;
    lastId = next.id;
    const free = await atCommit(deps, 'run.itemEnd', () => transaction(deps.pool, (trx) => settleOne(trx, next.id)));
    if (!free) return;
  }
}

/** False while a reading of the organisation is being taken in. The lock of the realm stands before that of the row, as everywhere. */
async function settleOne(trx: Transaction<Database>, itemId: number): Promise<boolean> {
  const { rows: [place] } = await sql<{ realm_id: number }>`
    select s.realm_id from run_item i join run r on r.id = i.run_id join source s on s.id = r.source_id where i.id = ${itemId}`.execute(trx);
  if (place === undefined) return true;
  if (!(await mayChangeRealm(trx, place.realm_id))) return false;
  const { rows: [item] } = await sql<OwedItem>`
    select i.id, i.run_id, i.workspace_id, i.account_id, p.resource_ids, r.action, r.undo_of, s.realm_id, s.time_zone, i.updated_at
    from run_item i join run r on r.id = i.run_id join source s on s.id = r.source_id join plan_item p on p.id = i.plan_item_id
    where i.id = ${itemId} and i.inventory_owed for update of i skip locked`.execute(trx);
  if (item === undefined) return true;
  if (await isLatestWord(trx, item)) {
    await takeMadeCalls(trx, item, item.updated_at);
    await noteObserved(trx, { accountId: item.account_id, workspaceId: item.workspace_id, at: item.updated_at, runId: item.run_id });
  }
  await trx.updateTable('run_item').set({ inventory_owed: false }).where('id', '=', itemId).execute();
  return true;
}

/** Nothing was read of the person since: neither alone nor by a complete reading that was begun later. And somebody still reads the organisation. */
async function isLatestWord(trx: Transaction<Database>, { account_id: accountId, realm_id: realmId, updated_at: at }: OwedItem): Promise<boolean> {
  const { rows } = await sql<{ latest: boolean }>`
    select not exists (select from account_observation o where o.account_id = ${accountId} and o.observed_at > ${at})
      and exists (select from source s where s.realm_id = ${realmId} and s.attached_to is null and s.removed_at is null)
      and not exists (select from source s where s.realm_id = ${realmId} and s.attached_to is null and s.removed_at is null and s.last_full_read_at >= ${at}) as latest`.execute(trx);
  return rows[0]?.latest === true;
}
