import { auditRoutes } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { listEvents } from './audit-read-model.ts';
import type { ActorNames } from './audit-read-model.ts';
import { exportChain } from './export-chain.ts';
import { verifyTrail } from './verify.ts';

/** `names` says what actors are called (features/people): handed in, as people's changes are recorded here. */
export function auditHandlers(deps: Dependencies, names: ActorNames): readonly Handler[] {
  return [
    handler(auditRoutes.list, ({ scope, query }) => listEvents(deps.db, scope, query, names)),
    handler(auditRoutes.export, ({ scope }) => exportChain(deps, scope)),
    handler(auditRoutes.verify, ({ scope }) => verifyTrail(deps, scope)),
  ];
}
