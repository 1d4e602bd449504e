import type { Dependencies } from '../../app/dependencies.ts';
import { RequestProblem } from '../../app/problem.ts';
import { transaction } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';
import { digestPassword, insertPerson } from './make-person.ts';
import { hashSecret, makeSecret } from './one-time-secret.ts';

/**
 * The token of the link by which the first administrator is made, or null when there is one already. Each start makes a new one,
 * and the one before stops working: only who reads this start's output can use it.
 */
export async function makeSetupToken(deps: Dependencies, workspaceId: number): Promise<string | null> {
  return transaction(deps.pool, async (trx) => {
    const administrator = await trx.selectFrom('role_grant').select('person_id').where('workspace_id', '=', workspaceId).where('role', '=', 'administrator').executeTakeFirst();
    if (administrator !== undefined) return null;
    const token = makeSecret('rcs_');
    const row = { token_hash: hashSecret(token), created_at: deps.now() };
    await trx.insertInto('setup_link').values({ workspace_id: workspaceId, ...row }).onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row)).execute();
    return token;
  });
}

/** Makes the first administrator and spends the link. Throws `forbidden` when the link is unknown or spent. */
export async function makeFirstAdministrator(deps: Dependencies, asked: { token: string; name: string; email: string; password: string }): Promise<{ id: string }> {
  const hash = hashSecret(asked.token);
  const known = await deps.db.selectFrom('setup_link').select('workspace_id').where('token_hash', '=', hash).executeTakeFirst();
  if (known === undefined) throw spent();
  const passwordHash = await digestPassword(asked.password);
  const id = deps.newId();
  await transaction(deps.pool, async (trx) => {
    const link = await trx.deleteFrom('setup_link').where('token_hash', '=', hash).returning('workspace_id').executeTakeFirst();
    if (link === undefined) throw spent();
    const at = deps.now();
    const access = { role: 'administrator', sourceIds: null, sites: null } as const;
    await insertPerson(trx, { id, credentialId: deps.newId(), workspaceId: link.workspace_id, name: asked.name, email: asked.email, passwordHash, access, at });
    const actor = { id: `person:${id}`, name: asked.name, kind: 'person' as const };
    await recordAudit(trx, { workspaceId: link.workspace_id, actor }, { kind: 'person.firstAdministrator', subjectKind: 'person', subjectId: id, payload: { name: asked.name } }, at);
  });
  return { id };
}

function spent(): RequestProblem {
  return new RequestProblem({ code: 'forbidden', title: 'Link not valid', detail: 'This link was used already or is not the latest one. Sign in if you have an account; else restart Rollcall: while there is no administrator, each start prints a new link.' });
}
