import type { Transaction } from 'kysely';
import type { Database } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { KeyRing } from './key-ring.ts';
import { openValue, sealValue } from './seal.ts';
import { keyNamed } from './secrets.ts';

/**
 * Seals every stored value anew with the current key, with an audit event per workspace. All or none: it is one transaction.
 * @returns how many values were sealed anew; those of the current key are left alone
 */
export async function resealSecrets(trx: Transaction<Database>, ring: KeyRing, now: Date): Promise<number> {
  const rows = await trx.selectFrom('source_secret').selectAll().where('key_id', '<>', ring.current.id).forUpdate().execute();
  for (const row of rows) {
    const place = { workspaceId: row.workspace_id, sourceId: row.source_id, field: row.field };
    const sealed = sealValue(ring.current, place, openValue(keyNamed(ring, row.key_id), place, row));
    await trx
      .updateTable('source_secret')
      .set({ key_id: ring.current.id, ...sealed, updated_at: now })
      .where('source_id', '=', row.source_id)
      .where('field', '=', row.field)
      .execute();
  }
  const byWorkspace = Map.groupBy(rows, (row) => row.workspace_id);
  for (const [workspaceId, sealedRows] of byWorkspace) {
    const payload = { values: sealedRows.length, keyId: ring.current.id };
    await recordAudit(trx, { workspaceId, actor: { id: 'local', name: 'Rollcall CLI', kind: 'local' } }, { kind: 'secrets.rotated', subjectKind: null, subjectId: null, payload }, now);
  }
  return rows.length;
}
