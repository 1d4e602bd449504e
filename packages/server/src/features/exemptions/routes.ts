import { routes } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { changeExemption, createExemption, endExemption, listExemptions } from './exemption-store.ts';

export function exemptionHandlers(deps: Dependencies): readonly Handler[] {
  return [
    handler(routes.exemptions.list, async ({ scope, query }) => ({ items: await listExemptions(deps.db, scope, query.ended, deps.now()) })),
    handler(routes.exemptions.create, ({ scope, body }) => createExemption(deps, scope, body)),
    handler(routes.exemptions.change, ({ scope, params, body }) => changeExemption(deps, scope, params.exemptionId, body)),
    handler(routes.exemptions.end, async ({ scope, params }) => {
      await endExemption(deps, scope, params.exemptionId);
      return undefined;
    }),
  ];
}
