import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import { transaction } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';
import { assertWithin } from './access.ts';
import type { Access } from './access.ts';
import { assertLimitsExist } from './limits.ts';
import { digestPassword, insertPerson, plainEmail } from './make-person.ts';
import { hashSecret, makeSecret } from './one-time-secret.ts';

const validDays = 7;

export interface Invited extends Access {
  readonly email: string;
  readonly name: string;
}

/** Makes a one-time token for a person who is to choose a password. A second invitation of the same e-mail replaces the first. */
export async function invite(deps: Dependencies, scope: Scope, invited: Invited): Promise<{ id: string; token: string }> {
  assertWithin(scope, invited);
  const token = makeSecret('rci_');
  const email = plainEmail(invited.email);
  const id = await transaction(deps.pool, async (trx) => {
    await assertLimitsExist(trx, scope, invited);
    const known = await trx.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst();
    if (known !== undefined) throw new RequestProblem({ code: 'conflict', title: 'Known already', detail: 'Somebody with this e-mail can sign in already. Change their role under People instead.' });
    const at = deps.now();
    const row = {
      name: invited.name, role: invited.role, token_hash: hashSecret(token), created_at: at, expires_at: new Date(at.getTime() + validDays * 86_400_000),
      source_ids: invited.sourceIds === null ? null : [...invited.sourceIds], sites: invited.sites === null ? null : [...invited.sites],
    };
    const made = await trx
      .insertInto('invitation')
      .values({ id: deps.newId(), workspace_id: scope.workspaceId, email, ...row })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'email']).doUpdateSet(row))
      .returning('id')
      .executeTakeFirstOrThrow();
    const payload = { name: invited.name, email, role: invited.role, sourceIds: invited.sourceIds, sites: invited.sites };
    await recordAudit(trx, scope, { kind: 'person.invited', subjectKind: 'invitation', subjectId: made.id, payload }, at);
    return made.id;
  });
  return { id, token };
}

/** Makes the invited person and spends the invitation. Throws `forbidden` when it is unknown, spent or too old. */
export async function acceptInvitation(deps: Dependencies, asked: { token: string; name: string; password: string }): Promise<{ id: string; email: string }> {
  const hash = hashSecret(asked.token);
  const known = await deps.db.selectFrom('invitation').select('id').where('token_hash', '=', hash).where('expires_at', '>', deps.now()).executeTakeFirst();
  if (known === undefined) throw notValid();
  const passwordHash = await digestPassword(asked.password);
  const id = deps.newId();
  const email = await transaction(deps.pool, async (trx) => {
    const at = deps.now();
    const spent = await trx.deleteFrom('invitation').where('token_hash', '=', hash).where('expires_at', '>', at).returningAll().executeTakeFirst();
    if (spent === undefined) throw notValid();
    const access = { role: spent.role, sourceIds: spent.source_ids, sites: spent.sites };
    await insertPerson(trx, { id, credentialId: deps.newId(), workspaceId: spent.workspace_id, name: asked.name, email: spent.email, passwordHash, access, at });
    const actor = { id: `person:${id}`, name: asked.name, kind: 'person' as const };
    await recordAudit(trx, { workspaceId: spent.workspace_id, actor }, { kind: 'person.joined', subjectKind: 'person', subjectId: id, payload: { name: asked.name, invitationId: spent.id, role: spent.role } }, at);
    return spent.email;
  });
  return { id, email };
}

function notValid(): RequestProblem {
  return new RequestProblem({ code: 'forbidden', title: 'Invitation not valid', detail: `This invitation was used, withdrawn, or is older than ${validDays} days. Ask an administrator of Rollcall for a new one.` });
}
