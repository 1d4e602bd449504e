import { inventoryRoutes } from '@rollcall/contract';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { askInventory } from '../inventory/index.ts';
import { readActivity } from './read-activity.ts';
import { readDetail } from './read-detail.ts';
import { recheckAccount } from './recheck.ts';
import type { RecheckDependencies } from './recheck.ts';

export function accountHandlers(deps: RecheckDependencies): readonly Handler[] {
  const { db } = deps;
  return [
    handler(inventoryRoutes.account, async ({ scope, params, query }) => readDetail(db, scope, await askInventory(db, scope, { ...query, q: '' }, deps.now()), params.accountId)),
    handler(inventoryRoutes.activity, ({ scope, params, query }) => readActivity(db, scope, params.accountId, query.resourceId)),
    handler(inventoryRoutes.recheck, ({ scope, params, signal }) => recheckAccount(deps, scope, params.accountId, signal)),
  ];
}
