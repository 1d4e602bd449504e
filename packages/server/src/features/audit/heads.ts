import type { Dependencies } from '../../app/dependencies.ts';

/** Anchors each workspace's head in the log: a tail that is cut off later is seen when the log knows a higher number. */
export async function logAuditHeads(deps: Pick<Dependencies, 'db' | 'log'>): Promise<void> {
  const heads = await deps.db.selectFrom('audit_head').select(['workspace_id', 'seq', 'hash']).where('seq', '>', 0).execute();
  for (const head of heads) deps.log.info({ workspaceId: head.workspace_id, seq: head.seq, hash: head.hash.toString('hex') }, 'Audit head');
}
