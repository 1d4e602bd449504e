import type { RouteRequest, inventoryRoutes } from '@rollcall/contract';
import type { Kysely } from 'kysely';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';
import { readQuery } from '../inventory/index.ts';
import { actorNames } from '../people/index.ts';
import { builtInViews } from './built-in-views.ts';
import { changeableView, viewOf } from './read-views.ts';
import type { SavedView } from './read-views.ts';

type NewView = RouteRequest<typeof inventoryRoutes.saveView>['body'];
type ViewChange = RouteRequest<typeof inventoryRoutes.changeView>['body'];

/** Throws `badQuery` for a query that cannot be read and `conflict` for a name that is taken. */
export async function saveView({ db, newId, now }: Dependencies, scope: Scope, view: NewView): Promise<SavedView> {
  readQuery(view.search.q);
  return db.transaction().execute(async (trx) => {
    await assertNameFree(trx, scope, view.name, null);
    const at = now();
    const values = { id: newId(), workspace_id: scope.workspaceId, name: view.name, shared: view.shared, owner: scope.actor.id, search: JSON.stringify(view.search), created_at: at, updated_at: at };
    const row = await trx.insertInto('saved_view').values(values).returningAll().executeTakeFirstOrThrow().catch(nameTaken);
    await recordAudit(trx, scope, { kind: 'view.saved', subjectKind: 'view', subjectId: row.id, payload: { name: view.name, shared: view.shared, search: view.search } }, at);
    return viewOf(row, await actorNames(trx, scope.workspaceId, [row.owner]));
  });
}

/** Throws as {@link saveView} does, and `notFound` or `forbidden` for a view that the asker may not change. */
export async function changeView({ db, now }: Dependencies, scope: Scope, viewId: string, change: ViewChange): Promise<SavedView> {
  if (change.search !== undefined) readQuery(change.search.q);
  return db.transaction().execute(async (trx) => {
    const before = await changeableView(trx, scope, viewId);
    if (change.name !== undefined) await assertNameFree(trx, scope, change.name, viewId);
    const at = now();
    const row = await trx
      .updateTable('saved_view')
      .set({
        updated_at: at,
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.shared === undefined ? {} : { shared: change.shared }),
        ...(change.search === undefined ? {} : { search: JSON.stringify(change.search) }),
      })
      .where('id', '=', before.id)
      .returningAll()
      .executeTakeFirstOrThrow()
      .catch(nameTaken);
    const facts = ({ name, shared, search }: typeof row) => ({ name, shared, search });
    await recordAudit(trx, scope, { kind: 'view.changed', subjectKind: 'view', subjectId: row.id, payload: { before: facts(before), after: facts(row) } }, at);
    return viewOf(row, await actorNames(trx, scope.workspaceId, [row.owner]));
  });
}

export async function removeView({ db, now }: Dependencies, scope: Scope, viewId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await changeableView(trx, scope, viewId);
    await trx.deleteFrom('saved_view').where('id', '=', row.id).execute();
    await recordAudit(trx, scope, { kind: 'view.removed', subjectKind: 'view', subjectId: row.id, payload: { name: row.name } }, now());
  });
}

async function assertNameFree(db: Kysely<Database>, scope: Scope, name: string, except: string | null): Promise<void> {
  if (builtInViews.some((view) => view.name.toLowerCase() === name.toLowerCase())) throw taken();
  const rows = await db.selectFrom('saved_view').select('id').where('workspace_id', '=', scope.workspaceId).where((where) => where(where.fn<string>('lower', ['name']), '=', name.toLowerCase())).execute();
  if (rows.some(({ id }) => id !== except)) throw taken();
}

/** Two people saved the same name at once. */
function nameTaken(error: unknown): never {
  if (error instanceof Error && 'constraint' in error && error.constraint === 'saved_view_name') throw taken();
  throw error;
}

function taken(): RequestProblem {
  return new RequestProblem({ code: 'conflict', title: 'Name taken', detail: 'There is a view of this name already, maybe somebody’s own. Choose another name.', fields: [{ path: 'name', message: 'Is taken.' }] });
}
