import { exportEventLine, exportFooterLine, exportHeaderLine } from '@rollcall/core';
import type { Dependencies } from '../../app/dependencies.ts';
import { assertUnlimited } from '../../app/assert-unlimited.ts';
import type { Scope } from '../../app/scope.ts';
import { transaction } from '../../db/index.ts';
import type { FileAnswer } from '../../http/handler.ts';
import { readChain, readHead } from './read-chain.ts';
import { recordAudit } from './record-audit.ts';

/** The whole trail as JSON lines, which `rollcall audit verify` checks offline. The export itself is the last event in it. */
export async function exportChain(deps: Dependencies, scope: Scope): Promise<FileAnswer> {
  assertUnlimited(scope, 'The audit trail is of the whole workspace');
  const at = deps.now();
  await transaction(deps.pool, (trx) => recordAudit(trx, scope, { kind: 'audit.exported', subjectKind: null, subjectId: null, payload: {} }, at));
  const head = await readHead(deps.db, scope);
  const { key } = await deps.db.selectFrom('workspace').select('key').where('id', '=', scope.workspaceId).executeTakeFirstOrThrow();
  return {
    fileName: `rollcall-audit-${at.toISOString().slice(0, 10)}.jsonl`,
    contentType: 'application/jsonl; charset=utf-8',
    rows: head.seq,
    chunks: (async function* lines() {
      yield `${exportHeaderLine({ workspace: key, exportedAt: at.toISOString() })}\n`;
      for await (const event of readChain(deps.db, scope, head.seq)) yield `${exportEventLine(event)}\n`;
      yield `${exportFooterLine(head)}\n`;
    })(),
  };
}
