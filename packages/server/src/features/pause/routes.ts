import { sessionRoutes } from '@rollcall/contract';
import type { Dependencies } from '../../app/dependencies.ts';
import { assertUnlimited } from '../../app/assert-unlimited.ts';
import type { Scope } from '../../app/scope.ts';
import type { Transaction } from 'kysely';
import { transaction } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { recordAudit } from '../audit/index.ts';
import { readPause } from './read-pause.ts';

/** Work that goes on again with the workspace, in the transaction of the resume. */
export type OnResume = (trx: Transaction<Database>, workspaceId: number) => Promise<void>;

export function pauseHandlers(deps: Dependencies, onResume: OnResume): readonly Handler[] {
  const answer = async (scope: Scope) => {
    const pause = await readPause(deps.db, scope.workspaceId);
    return { paused: pause === null ? null : { ...pause, at: pause.at.toISOString() } };
  };
  return [
    handler(sessionRoutes.pause, async ({ scope, body }) => {
      await pauseAll(deps, scope, body.reason);
      return answer(scope);
    }),
    handler(sessionRoutes.resume, async ({ scope }) => {
      // Whoever works for one source may stop everything in an emergency; going on is decided for the whole workspace.
      assertUnlimited(scope, 'Everything goes on for the whole workspace');
      await resumeAll(deps, scope, onResume);
      return answer(scope);
    }),
  ];
}

/** A second pause keeps the first one's words. */
async function pauseAll(deps: Dependencies, scope: Scope, reason: string): Promise<void> {
  await transaction(deps.pool, async (trx) => {
    const at = deps.now();
    const paused = await trx
      .updateTable('workspace')
      .set({ paused_at: at, paused_by: scope.actor.name, paused_reason: reason })
      .where('id', '=', scope.workspaceId)
      .where('paused_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (paused !== undefined) await recordAudit(trx, scope, { kind: 'workspace.paused', subjectKind: 'workspace', subjectId: null, payload: { reason } }, at);
  });
}

async function resumeAll(deps: Dependencies, scope: Scope, onResume: OnResume): Promise<void> {
  await transaction(deps.pool, async (trx) => {
    const resumed = await trx
      .updateTable('workspace')
      .set({ paused_at: null, paused_by: null, paused_reason: null })
      .where('id', '=', scope.workspaceId)
      .where('paused_at', 'is not', null)
      .returning('id')
      .executeTakeFirst();
    if (resumed === undefined) return;
    await onResume(trx, scope.workspaceId);
    await recordAudit(trx, scope, { kind: 'workspace.resumed', subjectKind: 'workspace', subjectId: null, payload: {} }, deps.now());
  });
}
