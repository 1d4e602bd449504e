import type { auditEvent } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { RequestProblem } from '../../app/problem.ts';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';
import { sentenceOf } from './sentences.ts';

export interface AuditFilter {
  readonly kind?: string | undefined;
  readonly actor?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export type AuditEventView = z.input<typeof auditEvent>;

/**
 * Events, newest first. Who is limited to sources sees the events that name one of them, and their own; with a limit to sites only
 * their own, as events do not say their site. `names` gives an actor's name.
 */
export async function listEvents(db: Kysely<Database>, scope: Scope, filter: AuditFilter, names: ActorNames): Promise<{ items: AuditEventView[]; next: string | null }> {
  let query = db
    .selectFrom('audit_event')
    .leftJoin('audit_payload', (join) => join.onRef('audit_payload.workspace_id', '=', 'audit_event.workspace_id').onRef('audit_payload.seq', '=', 'audit_event.seq'))
    .select(['audit_event.seq', 'audit_event.at', 'audit_event.kind', 'audit_event.hash', 'audit_payload.actor', 'audit_payload.subject_kind', 'audit_payload.subject_id', 'audit_payload.payload'])
    .where('audit_event.workspace_id', '=', scope.workspaceId)
    .orderBy('audit_event.seq', 'desc')
    .limit(filter.limit + 1);
  if (filter.kind !== undefined) query = query.where('audit_event.kind', '=', filter.kind);
  if (filter.actor !== undefined) query = query.where('audit_payload.actor', '=', filter.actor);
  if (filter.subjectId !== undefined) query = query.where('audit_payload.subject_id', '=', filter.subjectId);
  if (filter.after !== undefined) query = query.where('audit_event.seq', '<', seqOf(filter.after));
  if (scope.sites !== null) query = query.where('audit_payload.actor', '=', scope.actor.id);
  else if (scope.sourceIds !== null) {
    const ids = [...scope.sourceIds];
    query = query.where((where) =>
      where.or([
        where('audit_payload.actor', '=', scope.actor.id),
        where.and([where('audit_payload.subject_kind', '=', 'source'), sql<boolean>`audit_payload.subject_id = any(${ids}::text[])`]),
        sql<boolean>`audit_payload.payload ->> 'sourceId' = any(${ids}::text[])`,
      ]),
    );
  }
  const rows = await query.execute();
  const page = rows.slice(0, filter.limit);
  const nameOf = await names(db, scope.workspaceId, page.flatMap((row) => (row.actor === null ? [] : [row.actor])));
  const items = page.map((row) => viewOf(row, nameOf));
  return { items, next: rows.length > filter.limit ? String(page.at(-1)?.seq ?? '') : null };
}

export type ActorNames = (db: Kysely<Database>, workspaceId: number, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

interface Row {
  readonly seq: number;
  readonly at: Date;
  readonly kind: string;
  readonly hash: Buffer;
  readonly actor: string | null;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly payload: object | null;
}

function viewOf(row: Row, names: ReadonlyMap<string, string>): AuditEventView {
  const erased = row.actor === null;
  const actor = row.actor === null ? null : (names.get(row.actor) ?? row.actor);
  return {
    seq: row.seq, at: row.at.toISOString(), kind: row.kind, actor, subjectKind: row.subject_kind, subjectId: row.subject_id, hash: row.hash.toString('hex'), erased,
    payload: row.payload, text: sentenceOf(row.kind, actor, row.payload),
  };
}

function seqOf(cursor: string): number {
  const seq = Number(cursor);
  if (Number.isSafeInteger(seq) && seq > 0) return seq;
  throw new RequestProblem({ code: 'badRequest', title: 'Wrong cursor', detail: 'The cursor is not one that this list gave. Begin with the first page.' });
}
