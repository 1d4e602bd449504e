import { inventoryRoutes } from '@rollcall/contract';
import { parseQuery, printQuery } from '@rollcall/core';
import type { Dependencies } from '../../app/dependencies.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { askInventory } from './ask.ts';
import { countAccounts } from './count.ts';
import { exportInventory } from './export/export-inventory.ts';
import { readPage } from './page.ts';
import { readTotals } from './totals.ts';
import { readValues } from './values.ts';
import { createWalkMemory } from './walk-memory.ts';

export function inventoryHandlers(deps: Dependencies): readonly Handler[] {
  const { db } = deps;
  const memory = createWalkMemory();
  return [
    handler(inventoryRoutes.page, async ({ scope, query }) => readPage(db, await askInventory(db, scope, query, deps.now()), query, memory)),
    handler(inventoryRoutes.count, async ({ scope, query }) => countAccounts(db, await askInventory(db, scope, query, deps.now()), query.exact)),
    handler(inventoryRoutes.totals, async ({ scope, query }) => {
      const asked = await askInventory(db, scope, query, deps.now());
      return { items: await readTotals(db, asked), period: asked.period };
    }),
    handler(inventoryRoutes.export, ({ scope, query, signal }) => exportInventory(deps, scope, query, signal)),
    handler(inventoryRoutes.parse, ({ body }) => Promise.resolve(checkQuery(body.q))),
    handler(inventoryRoutes.values, async ({ scope, query }) => ({ items: await readValues(db, scope, query) })),
  ];
}

function checkQuery(q: string) {
  const parsed = parseQuery(q);
  if (parsed.ok) return { ok: true, text: printQuery(parsed.query), ast: parsed.query, error: null };
  return { ok: false, text: q, ast: null, error: { message: parsed.error.message, at: parsed.error.from } };
}
