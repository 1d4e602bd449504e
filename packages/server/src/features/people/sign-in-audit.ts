import type { Dependencies } from '../../app/dependencies.ts';
import { transaction } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';

const kinds: Readonly<Record<string, string>> = {
  '/sign-in/email': 'person.signedIn',
  '/two-factor/verify-totp': 'person.signedIn',
  '/two-factor/verify-backup-code': 'person.signedInByBackupCode',
  '/change-password': 'person.passwordChanged',
  '/two-factor/enable': 'person.twoFactorBegun',
  '/two-factor/disable': 'person.twoFactorDisabled',
};

/** Puts what happened at the sign-in into the trail, and a refused sign-in into the log, without whose name was tried. */
export async function recordSignInEvent(deps: Dependencies, path: string, answer: Response, session: () => Promise<{ personId: string } | null>): Promise<void> {
  const kind = kinds[path];
  if (kind === undefined) return;
  if (!answer.ok) {
    deps.log.warn({ path, status: answer.status }, 'Sign-in refused');
    return;
  }
  const said: unknown = await answer.clone().json().catch(() => null);
  const personId = personIdIn(said) ?? (kind.startsWith('person.signedIn') ? null : ((await session())?.personId ?? null));
  // A password that still waits for its second factor names nobody.
  if (personId !== null) await record(deps, kind, personId);
}

function personIdIn(said: unknown): string | null {
  if (said === null || typeof said !== 'object' || !('user' in said)) return null;
  const { user } = said;
  return user !== null && typeof user === 'object' && 'id' in user && typeof user.id === 'string' ? user.id : null;
}

async function record(deps: Dependencies, kind: string, personId: string): Promise<void> {
  await transaction(deps.pool, async (trx) => {
    const at = deps.now();
    const grants = await trx.selectFrom('role_grant').select('workspace_id').where('person_id', '=', personId).orderBy('workspace_id').execute();
    if (kind.startsWith('person.signedIn')) await trx.updateTable('role_grant').set({ last_sign_in_at: at }).where('person_id', '=', personId).execute();
    for (const { workspace_id: workspaceId } of grants) {
      const actor = { id: `person:${personId}`, name: '', kind: 'person' as const };
      await recordAudit(trx, { workspaceId, actor }, { kind, subjectKind: 'person', subjectId: personId, payload: {} }, at);
    }
  });
}
