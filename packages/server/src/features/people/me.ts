import type { me } from '@rollcall/contract';
import type { z } from 'zod';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Scope } from '../../app/scope.ts';
import { version } from '../../app/version.ts';
import { readPause } from '../pause/index.ts';

/** Who is asking, and what they may do. Input: the asker's scope. */
export async function readMe(deps: Dependencies, scope: Scope): Promise<z.input<typeof me>> {
  const { actor } = scope;
  const workspaces = await deps.db.selectFrom('workspace').select(['id', 'key', 'name']).execute();
  const workspace = workspaces.find((one) => one.id === scope.workspaceId);
  if (workspace === undefined) throw new Error('The workspace of a signed-in asker is gone.');
  const id = actor.id.slice(actor.id.indexOf(':') + 1);
  const person = actor.kind === 'person' ? await deps.db.selectFrom('person').select('email').where('id', '=', id).executeTakeFirst() : undefined;
  const mine = actor.kind === 'person' ? await deps.db.selectFrom('role_grant').select('workspace_id').where('person_id', '=', id).execute() : null;
  const paused = await readPause(deps.db, scope.workspaceId);
  return {
    id,
    name: actor.name,
    email: person?.email ?? null,
    kind: actor.kind === 'system' ? 'local' : actor.kind,
    role: scope.role,
    permissions: [...scope.permissions],
    sourceIds: scope.sourceIds === null ? null : [...scope.sourceIds],
    sites: scope.sites === null ? null : [...scope.sites],
    workspace: { key: workspace.key, name: workspace.name },
    workspaces: actor.kind === 'local' ? workspaces.length : (mine?.length ?? 1),
    paused: paused === null ? null : { ...paused, at: paused.at.toISOString() },
    version,
  };
}
