import type { Transaction } from 'kysely';
import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import { transaction } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';
import { assertWithin, isWithin } from './access.ts';
import type { Access } from './access.ts';
import { assertLimitsExist } from './limits.ts';

/** What is to be different; what is left out stays. */
type AccessChange = { readonly [Part in keyof Access]?: Access[Part] | undefined };

/** Changes role and limits of a person, or of an open invitation. The last administrator of the whole workspace stays one. */
export async function changeAccess(deps: Dependencies, scope: Scope, personId: string, change: AccessChange): Promise<void> {
  await transaction(deps.pool, async (trx) => {
    const invited = await lockInvitation(trx, scope, personId);
    const before = invited ?? (await lockGrant(trx, scope, personId));
    const after: Access = { role: change.role ?? before.role, sourceIds: change.sourceIds === undefined ? before.sourceIds : change.sourceIds, sites: change.sites === undefined ? before.sites : change.sites };
    assertWithin(scope, after);
    await assertLimitsExist(trx, scope, after);
    const row = { role: after.role, source_ids: after.sourceIds === null ? null : [...after.sourceIds], sites: after.sites === null ? null : [...after.sites] };
    if (invited === null) {
      await assertAdministratorStays(trx, scope, personId, after);
      await trx.updateTable('role_grant').set(row).where('workspace_id', '=', scope.workspaceId).where('person_id', '=', personId).execute();
    } else await trx.updateTable('invitation').set(row).where('workspace_id', '=', scope.workspaceId).where('id', '=', personId).execute();
    await recordAudit(trx, scope, { kind: 'person.changed', subjectKind: invited === null ? 'person' : 'invitation', subjectId: personId, payload: { before, after } }, deps.now());
  });
}

/** Takes away the right to sign in, with sessions and tokens, or withdraws an invitation. */
export async function removePerson(deps: Dependencies, scope: Scope, personId: string): Promise<void> {
  await transaction(deps.pool, async (trx) => {
    if (await withdrawInvitation(trx, deps, scope, personId)) return;
    const before = await lockGrant(trx, scope, personId);
    await assertAdministratorStays(trx, scope, personId, null);
    await trx.deleteFrom('role_grant').where('workspace_id', '=', scope.workspaceId).where('person_id', '=', personId).execute();
    await trx.updateTable('api_token').set({ revoked_at: deps.now() }).where('workspace_id', '=', scope.workspaceId).where('person_id', '=', personId).where('revoked_at', 'is', null).execute();
    const elsewhere = await trx.selectFrom('role_grant').select('workspace_id').where('person_id', '=', personId).executeTakeFirst();
    if (elsewhere === undefined) await forgetSignIn(trx, personId);
    await recordAudit(trx, scope, { kind: 'person.removed', subjectKind: 'person', subjectId: personId, payload: { before } }, deps.now());
  });
}

/** The row of the person stays for the names in the trail; its e-mail is freed for a later invitation. */
async function forgetSignIn(trx: Transaction<Database>, personId: string): Promise<void> {
  for (const table of ['person_session', 'person_credential', 'person_two_factor'] as const) await trx.deleteFrom(table).where('person_id', '=', personId).execute();
  await trx.updateTable('person').set({ email: `removed-${personId}`, two_factor_enabled: false }).where('id', '=', personId).execute();
}

/** What an open invitation gives; null when there is none that the asker may see. */
async function lockInvitation(trx: Transaction<Database>, scope: Scope, id: string): Promise<Access | null> {
  const found = await trx.selectFrom('invitation').select(['role', 'source_ids', 'sites']).where('workspace_id', '=', scope.workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();
  const access = found === undefined ? null : { role: found.role, sourceIds: found.source_ids, sites: found.sites };
  return access === null || !isWithin(scope, access) ? null : access;
}

async function withdrawInvitation(trx: Transaction<Database>, deps: Dependencies, scope: Scope, id: string): Promise<boolean> {
  if ((await lockInvitation(trx, scope, id)) === null) return false;
  await trx.deleteFrom('invitation').where('workspace_id', '=', scope.workspaceId).where('id', '=', id).execute();
  await recordAudit(trx, scope, { kind: 'person.invitationWithdrawn', subjectKind: 'invitation', subjectId: id, payload: {} }, deps.now());
  return true;
}

/** All grants of the workspace are locked: two administrators cannot remove each other at the same time. */
async function lockGrant(trx: Transaction<Database>, scope: Scope, personId: string): Promise<Access> {
  const rows = await trx.selectFrom('role_grant').select(['person_id', 'role', 'source_ids', 'sites']).where('workspace_id', '=', scope.workspaceId).orderBy('person_id').forUpdate().execute();
  const row = rows.find((one) => one.person_id === personId);
  const access = row === undefined ? null : { role: row.role, sourceIds: row.source_ids, sites: row.sites };
  if (access === null || !isWithin(scope, access)) throw new RequestProblem({ code: 'notFound', title: 'No such person', detail: 'There is no such person here. Load the list again: somebody may have removed them.' });
  return access;
}

async function assertAdministratorStays(trx: Transaction<Database>, scope: Scope, personId: string, after: Access | null): Promise<void> {
  if (after !== null && after.role === 'administrator' && after.sourceIds === null && after.sites === null) return;
  const administrators = await trx
    .selectFrom('role_grant')
    .select('person_id')
    .where('workspace_id', '=', scope.workspaceId)
    .where('role', '=', 'administrator')
    .where('source_ids', 'is', null)
    .where('sites', 'is', null)
    .execute();
  if (administrators.some((one) => one.person_id !== personId) || !administrators.some((one) => one.person_id === personId)) return;
  throw new RequestProblem({ code: 'conflict', title: 'Last administrator', detail: 'This is the last administrator of the whole workspace. Make somebody else one first.' });
}
