import { inventoryRoutes } from '@rollcall/contract';
import type { RouteResult } from '@rollcall/contract';
import type { Kysely, Selectable } from 'kysely';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import type { SavedViewTable } from '../../db/schema.ts';
import { actorNames } from '../people/index.ts';
import { builtInViews } from './built-in-views.ts';

export type SavedView = RouteResult<typeof inventoryRoutes.saveView>;
export type ViewRow = Selectable<SavedViewTable>;

const searchShape = inventoryRoutes.saveView.response.shape.search;

/** The shipped views, then the asker's own and the shared ones by name. */
export async function listViews(db: Kysely<Database>, scope: Scope): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('saved_view')
    .selectAll()
    .where('workspace_id', '=', scope.workspaceId)
    .where((where) => where.or([where('shared', '=', true), where('owner', '=', scope.actor.id)]))
    .orderBy((order) => order.fn<string>('lower', ['name']))
    .execute();
  const names = await actorNames(db, scope.workspaceId, rows.map(({ owner }) => owner));
  return [...builtInViews, ...rows.map((row) => viewOf(row, names))];
}

/** A view as it is answered; `names` are those of owners by actor id. */
export function viewOf(row: ViewRow, names: ReadonlyMap<string, string>): SavedView {
  return {
    id: row.id,
    name: row.name,
    shared: row.shared,
    owner: names.get(row.owner) ?? 'Somebody who left',
    builtIn: false,
    search: searchShape.parse(row.search),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** A stored view that the asker may change: their own; administrators change any shared one. Throws `notFound` or `forbidden`. */
export async function changeableView(db: Kysely<Database>, scope: Scope, viewId: string): Promise<ViewRow> {
  if (builtInViews.some(({ id }) => id === viewId)) {
    throw new RequestProblem({ code: 'forbidden', title: 'Comes with Rollcall', detail: 'This view comes with Rollcall and cannot be changed or deleted. Save it under another name and change that one.' });
  }
  const row = await db.selectFrom('saved_view').selectAll().where('workspace_id', '=', scope.workspaceId).where('id', '=', viewId).forUpdate().executeTakeFirst();
  const own = row?.owner === scope.actor.id;
  if (row === undefined || (!own && !row.shared)) throw new RequestProblem({ code: 'notFound', title: 'No such view', detail: 'This view is not there any more. Choose one from the list.' });
  if (!own && !scope.permissions.has('administer')) throw new RequestProblem({ code: 'forbidden', title: 'Not your view', detail: 'Only its owner or an administrator can change this view. Save it under another name instead.' });
  return row;
}
