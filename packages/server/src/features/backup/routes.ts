import { backupRoutes } from '@rollcall/contract';
import { assertUnlimited } from '../../app/assert-unlimited.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { readBackupStatus } from './backup-status.ts';
import { beginBackup } from './begin-backup.ts';

export function backupHandlers(deps: Dependencies): readonly Handler[] {
  return [
    handler(backupRoutes.status, async ({ scope }) => {
      assertUnlimited(scope, 'A backup is of the whole installation');
      return readBackupStatus(deps.db, scope);
    }),
    handler(backupRoutes.download, async ({ scope }) => {
      await assertMayTakeAll(deps, scope);
      const { fileName, rows, chunks } = await beginBackup(deps, scope.actor);
      return { fileName, contentType: 'application/octet-stream', rows, chunks };
    }),
  ];
}

/** A backup holds every workspace, and each one's people must not see the others'. On the machine itself whoever runs Rollcall has it all anyway. */
async function assertMayTakeAll(deps: Dependencies, scope: Scope): Promise<void> {
  assertUnlimited(scope, 'A backup is of the whole installation');
  if (scope.actor.kind === 'local') return;
  const others = await deps.db.selectFrom('workspace').select('id').where('id', '<>', scope.workspaceId).limit(1).execute();
  if (others.length === 0) return;
  throw new RequestProblem({ code: 'forbidden', title: 'A backup holds every workspace', detail: 'A backup holds every workspace of this installation, not only yours. Make it on the machine itself: rollcall backup FILE.' });
}
