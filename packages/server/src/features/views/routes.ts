import { inventoryRoutes } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { changeView, removeView, saveView } from './change-views.ts';
import { listViews } from './read-views.ts';

export function viewHandlers(deps: Dependencies): readonly Handler[] {
  return [
    handler(inventoryRoutes.views, async ({ scope }) => ({ items: await listViews(deps.db, scope) })),
    handler(inventoryRoutes.saveView, ({ scope, body }) => saveView(deps, scope, body)),
    handler(inventoryRoutes.changeView, ({ scope, params, body }) => changeView(deps, scope, params.viewId, body)),
    handler(inventoryRoutes.removeView, async ({ scope, params }) => {
      await removeView(deps, scope, params.viewId);
      return undefined;
    }),
  ];
}
