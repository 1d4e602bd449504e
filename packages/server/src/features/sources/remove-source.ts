import { dropStaged, noSuchSource, rollUpUsage, visibleSource } from '../sync/index.ts';
import { recordAudit } from '../audit/index.ts';
import { RequestProblem } from '../../app/problem.ts';
import { sql } from 'kysely';
import { transaction } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';
import type { Scope } from '../../app/scope.ts';
import type { SourceDependencies } from './source-dependencies.ts';
import type { Transaction } from 'kysely';

/**
 * Destroys the key, ends the open sync, and takes the accounts out of the inventory when no other source brings them. The rows stay for run logs
 * and the audit trail. Throws `conflict` while a run of the source is open: it would be left in the middle.
 */
export async function removeSource(deps: SourceDependencies, scope: Scope, sourceId: string): Promise<void> {
  if (scope.sites !== null) throw new RequestProblem({ code: 'forbidden', title: 'Not allowed', detail: 'A source is removed with all its sites, and you are limited to some. Ask somebody who is not.' });
  const waiting = await transaction(deps.pool, async (trx) => {
    const at = deps.now();
    // Before the source and its accounts, as readings and re-checks lock them.
    await sql`select pg_advisory_xact_lock(hashtext('realm'), s.realm_id) from source s where s.id = ${sourceId}::uuid and s.workspace_id = ${scope.workspaceId}`.execute(trx);
    const { rows } = await sql<{ realm_id: number; name: string }>`
      select s.realm_id, s.name from source s where s.id = ${sourceId}::uuid and s.removed_at is null and ${visibleSource(scope)} for update`.execute(trx);
    const [source] = rows;
    if (source === undefined) throw noSuchSource();
    await assertNoRun(trx, sourceId);
    await deps.secrets.remove(trx, scope, sourceId);
    await sql`update source set removed_at = ${at}, updated_at = ${at}, next_sync_at = null where id = ${sourceId}::uuid or (attached_to = ${sourceId}::uuid and removed_at is null)`.execute(trx);
    const ended = await sql<{ id: string }>`
      update sync set state = 'cancelled', finished_at = ${at} where source_id = ${sourceId}::uuid and state in ('queued', 'held') returning id`.execute(trx);
    await sql`update sync set cancel_requested = true where source_id = ${sourceId}::uuid and state = 'running'`.execute(trx);
    const accounts = await emptyRealm(trx, scope.workspaceId, source.realm_id, at);
    await recordAudit(trx, scope, { kind: 'source.removed', subjectKind: 'source', subjectId: sourceId, payload: { name: source.name, accounts } }, at);
    return ended.rows;
  });
  for (const { id } of waiting) await dropStaged(deps.db, id);
}

async function assertNoRun(trx: Transaction<Database>, sourceId: string): Promise<void> {
  const run = await trx.selectFrom('run').select('id').where('source_id', '=', sourceId).where('state', 'in', ['queued', 'running', 'paused', 'cancelling']).executeTakeFirst();
  if (run !== undefined) throw new RequestProblem({ code: 'conflict', title: 'A run is open', detail: 'A run of this source is open. Cancel it or let it end first.', data: { runId: run.id } });
}

/** Marks the accounts gone when nothing brings them any more. Returns how many. */
async function emptyRealm(trx: Transaction<Database>, workspaceId: number, realmId: number, at: Date): Promise<number> {
  const other = await trx.selectFrom('source').select('id').where('realm_id', '=', realmId).where('attached_to', 'is', null).where('removed_at', 'is', null).executeTakeFirst();
  if (other !== undefined) return 0;
  const gone = await sql`update account set gone_at = ${at} where realm_id = ${realmId} and gone_at is null`.execute(trx);
  await sql`update account_group set gone_at = ${at} where realm_id = ${realmId} and gone_at is null`.execute(trx);
  await sql`update resource set gone_at = ${at} where realm_id = ${realmId} and gone_at is null`.execute(trx);
  await rollUpUsage(trx, workspaceId, realmId);
  return Number(gone.numAffectedRows ?? 0n);
}
