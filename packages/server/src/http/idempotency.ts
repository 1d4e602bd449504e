import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { RequestProblem } from '../app/problem.ts';
import type { Scope } from '../app/scope.ts';
import type { Database } from '../db/index.ts';

export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface IdempotentRequest {
  readonly key: string;
  /** What was asked for: the same key with another request is a mistake. */
  readonly request: { readonly method: string; readonly url: string; readonly body: unknown };
  /** False: the answer holds a secret and only the fact is kept. */
  readonly keepAnswer: boolean;
}

/** Hours for which an answer is kept and repeated. */
const keptHours = 24;

/**
 * Does a write once per key, workspace and actor, and answers its repetitions with the first answer. A write that failed leaves
 * nothing behind, so that it can be repeated. Throws `idempotencyMismatch` for another request under the same key and `conflict`
 * while the first one runs, or when its outcome was lost with a crash: then nobody knows, and a person has to look.
 */
export async function once(db: Kysely<Database>, scope: Scope, asked: IdempotentRequest, work: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
  if (asked.key.length > 200) throw new RequestProblem({ code: 'badRequest', title: 'Key too long', detail: 'An Idempotency-Key has at most 200 characters.' });
  const requestHash = createHash('sha256').update(JSON.stringify([asked.request.method, asked.request.url, asked.request.body ?? null])).digest();
  const row = { workspace_id: scope.workspaceId, actor: scope.actor.id, key: asked.key };
  const earlier = await claim(db, row, requestHash);
  if (earlier !== null) return repeated(earlier, requestHash);
  const here = () => db.updateTable('idempotency_key').where('workspace_id', '=', row.workspace_id).where('actor', '=', row.actor).where('key', '=', row.key);
  try {
    const answer = await work();
    const response = asked.keepAnswer ? JSON.stringify({ body: answer.body ?? null }) : null;
    await here().set({ status: answer.status, response }).execute();
    return answer;
  } catch (error) {
    await db.deleteFrom('idempotency_key').where('workspace_id', '=', row.workspace_id).where('actor', '=', row.actor).where('key', '=', row.key).execute();
    throw error;
  }
}

interface Earlier {
  readonly request_hash: Buffer;
  readonly status: number | null;
  readonly response: unknown;
}

/** Null: the key is ours now. */
async function claim(db: Kysely<Database>, row: { workspace_id: number; actor: string; key: string }, requestHash: Buffer): Promise<Earlier | null> {
  const mine = await db
    .insertInto('idempotency_key')
    .values({ ...row, request_hash: requestHash })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'actor', 'key'])
        .doUpdateSet({ request_hash: requestHash, status: null, response: null, created_at: sql`now()` })
        .where('idempotency_key.created_at', '<', sql<Date>`now() - make_interval(hours => ${keptHours})`),
    )
    .returning('key')
    .executeTakeFirst();
  if (mine !== undefined) return null;
  const found = await db.selectFrom('idempotency_key').select(['request_hash', 'status', 'response']).where('workspace_id', '=', row.workspace_id).where('actor', '=', row.actor).where('key', '=', row.key).executeTakeFirst();
  // Gone in between: the first request has just failed.
  return found ?? { request_hash: requestHash, status: null, response: null };
}

function repeated(earlier: Earlier, requestHash: Buffer): KeptAnswer {
  if (!earlier.request_hash.equals(requestHash)) {
    throw new RequestProblem({ code: 'idempotencyMismatch', title: 'Key used before', detail: 'This Idempotency-Key was used for another request in the last 24 hours. Use a new key for a new request.' });
  }
  if (earlier.status === null) {
    throw new RequestProblem({ code: 'conflict', title: 'Not finished', detail: 'The first request with this Idempotency-Key has not finished, or was cut off. Look whether it took effect before you send it again with a new key.' });
  }
  if (earlier.response === null || typeof earlier.response !== 'object' || !('body' in earlier.response)) {
    throw new RequestProblem({ code: 'conflict', title: 'Done already', detail: 'The first request with this Idempotency-Key was done, but its answer held a secret and was not kept. Make a new one with a new key.' });
  }
  return { status: earlier.status, body: earlier.response.body };
}

/** Forgets keys that nobody may repeat any more. */
export async function forgetOldKeys(db: Kysely<Database>, now: Date): Promise<void> {
  await db.deleteFrom('idempotency_key').where('created_at', '<', new Date(now.getTime() - keptHours * 3_600_000)).execute();
}
