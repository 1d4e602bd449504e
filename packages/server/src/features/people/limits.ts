import type { Kysely } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import type { Access } from './access.ts';

/** Limits name sources of this workspace: a foreign or misspelt id would lock a person out silently. */
export async function assertLimitsExist(db: Kysely<Database>, scope: Scope, access: Omit<Access, 'role'>): Promise<void> {
  if (access.sourceIds === null || access.sourceIds.length === 0) return;
  const found = await db.selectFrom('source').select('id').where('workspace_id', '=', scope.workspaceId).where('removed_at', 'is', null).where('id', 'in', [...access.sourceIds]).execute();
  const known = new Set(found.map(({ id }) => id));
  if (access.sourceIds.every((id) => known.has(id))) return;
  throw new RequestProblem({ code: 'badRequest', title: 'No such source', detail: 'One of the sources is not known here. Choose from the list of sources.', fields: [{ path: 'sourceIds', message: 'Names a source that is not there.' }] });
}
