import { actionVerbs } from '@rollcall/contract';
import { civilDateIn } from '@rollcall/core';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import { storedCall, takeIntoInventory } from './engine/index.ts';

/** A person of a run, with what says how the inventory follows its calls. */
export interface ItemOfCalls {
  readonly id: number;
  readonly workspace_id: number;
  readonly account_id: number;
  readonly resource_ids: readonly number[];
  readonly action: string;
  readonly undo_of: string | null;
  readonly realm_id: number;
  readonly time_zone: string;
}

/** Brings the inventory to the calls of a person that took effect, as they are written down. `at`: when that was known. */
export async function takeMadeCalls(trx: Transaction<Database>, item: ItemOfCalls, at: Date): Promise<void> {
  const calls = await trx.selectFrom('run_call').select(['call', 'state']).where('run_item_id', '=', item.id).orderBy('ordinal').execute();
  const made = calls.filter(({ state }) => state === 'applied' || state === 'verified' || state === 'alreadySo');
  const run = { workspaceId: item.workspace_id, action: z.enum(actionVerbs).parse(item.action), isUndo: item.undo_of !== null, source: { realmId: item.realm_id } };
  await takeIntoInventory(trx, run, { accountId: item.account_id, resourceIds: item.resource_ids }, made.map(({ call }) => storedCall.parse(call)), civilDateIn(at, item.time_zone), made.length === calls.length);
}
