import { randomBytes } from 'node:crypto';
import { chainEvent, commitTo } from '@rollcall/core';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { sha256 } from './sha-256.ts';

export interface AuditFacts {
  /** `feature.whatHappened`: `source.created`, `run.started`. */
  readonly kind: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  /** What a reader needs to understand it. Personal values are allowed: they lie in the erasable part. Secrets never. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Adds an event to the workspace's chain, in the transaction of the change it tells of: both are there or neither. The head row is
 * locked until the transaction ends, so events of one workspace follow each other without gaps: record late in the transaction.
 */
export async function recordAudit(trx: Transaction<Database>, scope: Pick<Scope, 'workspaceId' | 'actor'>, event: AuditFacts, at: Date): Promise<void> {
  const { workspaceId, actor } = scope;
  await trx
    .insertInto('audit_head')
    .values({ workspace_id: workspaceId, seq: 0, hash: Buffer.alloc(32) })
    .onConflict((conflict) => conflict.column('workspace_id').doNothing())
    .execute();
  const head = await trx.selectFrom('audit_head').select(['seq', 'hash']).where('workspace_id', '=', workspaceId).forUpdate().executeTakeFirstOrThrow();
  const seq = head.seq + 1;
  const salt = randomBytes(16);
  const said = { actor: actor.id, subjectKind: event.subjectKind, subjectId: event.subjectId, payload: plain(event.payload) };
  const link = chainEvent(head.hash.toString('hex'), { seq, at: at.toISOString(), kind: event.kind, commitment: commitTo(said, salt, sha256) }, sha256);
  const hash = Buffer.from(link.hash, 'hex');
  await trx
    .insertInto('audit_event')
    .values({ workspace_id: workspaceId, seq, at, kind: event.kind, commitment: Buffer.from(link.commitment, 'hex'), previous_hash: head.hash, hash })
    .execute();
  await trx
    .insertInto('audit_payload')
    .values({ workspace_id: workspaceId, seq, salt, actor: said.actor, subject_kind: said.subjectKind, subject_id: said.subjectId, payload: JSON.stringify(said.payload) })
    .execute();
  await trx.updateTable('audit_head').set({ seq, hash }).where('workspace_id', '=', workspaceId).execute();
}

/** As it will be read back: dates as text, nothing undefined. */
function plain(payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(payload)));
}
