import { RequestProblem } from '../../app/problem.ts';
import type { Database } from '../../db/index.ts';
import type { Kysely } from 'kysely';
import type { Scope } from '../../app/scope.ts';

/** The upload, when it is in the asker's workspace. Files hold everybody of an organisation: they are for those who made them and for unlimited people. */
export async function readUploadRow(db: Kysely<Database>, scope: Scope, uploadId: string) {
  const row = await db.selectFrom('upload').selectAll().where('id', '=', uploadId).where('workspace_id', '=', scope.workspaceId).executeTakeFirst();
  const limited = scope.sourceIds !== null || scope.sites !== null;
  if (row === undefined || (limited && row.created_by !== scope.actor.id)) throw new RequestProblem({ code: 'notFound', title: 'No such upload', detail: 'There is no such upload: it was dropped, or it has expired. Upload the file again.' });
  return row;
}
export type UploadRow = Awaited<ReturnType<typeof readUploadRow>>;
