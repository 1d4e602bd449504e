import type { ChainAnchor, VerifiedEvent } from '@rollcall/core';
import type { Kysely } from 'kysely';
import type { Scope } from '../../app/scope.ts';
import type { Database } from '../../db/index.ts';

const pageRows = 1_000;

/** The newest event by the head row; number 0 where nothing happened yet. */
export async function readHead(db: Kysely<Database>, scope: Pick<Scope, 'workspaceId'>): Promise<ChainAnchor> {
  const head = await db.selectFrom('audit_head').select(['seq', 'hash']).where('workspace_id', '=', scope.workspaceId).executeTakeFirst();
  return head === undefined ? { seq: 0, hash: '0'.repeat(64) } : { seq: head.seq, hash: head.hash.toString('hex') };
}

/** All events up to `last` in order, a page of rows at a time: memory does not grow with the trail. */
export async function* readChain(db: Kysely<Database>, scope: Pick<Scope, 'workspaceId'>, last: number): AsyncGenerator<VerifiedEvent> {
  let after = 0;
  for (;;) {
    const rows = await pageAfter(db, scope.workspaceId, after, last);
    for (const row of rows) yield eventOf(row);
    const end = rows.at(-1);
    if (end === undefined) return;
    after = end.seq;
  }
}

function pageAfter(db: Kysely<Database>, workspaceId: number, after: number, last: number) {
  return db
    .selectFrom('audit_event')
    .leftJoin('audit_payload', (join) => join.onRef('audit_payload.workspace_id', '=', 'audit_event.workspace_id').onRef('audit_payload.seq', '=', 'audit_event.seq'))
    .select(['audit_event.seq', 'audit_event.at', 'audit_event.kind', 'audit_event.commitment', 'audit_event.previous_hash', 'audit_event.hash'])
    .select(['audit_payload.salt', 'audit_payload.actor', 'audit_payload.subject_kind', 'audit_payload.subject_id', 'audit_payload.payload'])
    .where('audit_event.workspace_id', '=', workspaceId)
    .where('audit_event.seq', '>', after)
    .where('audit_event.seq', '<=', last)
    .orderBy('audit_event.seq')
    .limit(pageRows)
    .execute();
}

type Row = Awaited<ReturnType<typeof pageAfter>>[number];

function eventOf(row: Row): VerifiedEvent {
  const event = {
    seq: row.seq, at: row.at.toISOString(), kind: row.kind,
    commitment: row.commitment.toString('hex'), previousHash: row.previous_hash.toString('hex'), hash: row.hash.toString('hex'),
  };
  if (row.salt === null || row.actor === null) return event;
  const payload = Object.fromEntries(Object.entries(row.payload ?? {}));
  return { ...event, salt: row.salt, said: { actor: row.actor, subjectKind: row.subject_kind, subjectId: row.subject_id, payload } };
}
