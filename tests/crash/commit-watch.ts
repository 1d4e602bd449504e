import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import type { AtCommit, CommitPoint } from '@rollcall/server';
import pg from 'pg';

/** A write that became, or is about to become, permanent. */
export interface SeenCommit {
  /** Null: no name stood around it. */
  readonly point: CommitPoint | null;
  readonly side: 'before' | 'after';
  /** The pool's name in PostgreSQL: `rollcall work`, `rollcall api`, `rollcall jobs`. */
  readonly pool: string;
  /** The first write of the transaction, or the statement that stands alone. */
  readonly statement: string;
}

const around = new AsyncLocalStorage<CommitPoint>();

/** Carries the name of a write to the connection that makes it. Given to the server in place of nothing. */
export const atCommit: AtCommit = (point, write) => around.run(point, write);

/** First writes of the open transactions; an empty text: none so far. */
const open = new WeakMap<object, string>();

/**
 * Watches every connection of this process, below all of the program: `seen` is called before a COMMIT (or a write that stands alone) is sent, and after the database has
 * confirmed it. Transactions that wrote nothing are not told of.
 */
export function watchCommits(seen: (commit: SeenCommit) => void): void {
  const connect: unknown = Reflect.get(pg.Pool.prototype, 'connect');
  const query: unknown = Reflect.get(pg.Client.prototype, 'query');
  if (!isCallback(connect) || !isCallback(query)) throw new TypeError('pg is not what it was: its pool or its client has changed.');
  // A pool calls back in the context of whoever gave the connection back; the name belongs to whoever asks.
  Reflect.set(pg.Pool.prototype, 'connect', function bound(this: pg.Pool, ...given: unknown[]): unknown {
    return Reflect.apply(connect, this, given.map((one) => (isCallback(one) ? AsyncResource.bind(one) : one)));
  });
  Reflect.set(pg.Client.prototype, 'query', function watched(this: pg.Client, ...given: unknown[]): unknown {
    const statement = endOf(this, textOf(given[0]));
    if (statement === null) return Reflect.apply(query, this, given);
    const pool = poolOf(this);
    const point = around.getStore() ?? null;
    seen({ point, side: 'before', pool, statement });
    const after = (): void => { seen({ point, side: 'after', pool, statement }); };
    const last = given.at(-1);
    if (isCallback(last)) {
      return Reflect.apply(query, this, [...given.slice(0, -1), (error: unknown, result: unknown) => {
        if (error === null || error === undefined) after();
        last(error, result);
      }]);
    }
    return confirmed(Reflect.apply(query, this, given), after);
  });
}

async function confirmed(answer: unknown, after: () => void): Promise<unknown> {
  const result = await answer;
  after();
  return result;
}

type Callback = (...given: unknown[]) => unknown;
function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const text: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, 'text') : undefined;
  // A COPY stream: it always stands in a transaction, and it writes.
  return typeof text === 'string' ? text : 'copy from stdin';
}

/** Keeps track of the transaction. The first write of what this statement makes permanent; null when it makes nothing permanent. */
function endOf(client: object, text: string): string | null {
  const begun = open.get(client);
  if (/^\s*(begin|start transaction)\b/iu.test(text)) {
    open.set(client, '');
    return null;
  }
  if (/^\s*rollback\b(?! to)/iu.test(text)) {
    open.delete(client);
    return null;
  }
  if (/^\s*commit\b/iu.test(text)) {
    open.delete(client);
    return begun === undefined || begun === '' ? null : begun;
  }
  if (!writes(text)) return null;
  if (begun === undefined) return text;
  if (begun === '') open.set(client, text);
  return null;
}

function writes(text: string): boolean {
  return /\b(insert\s+into|update|delete\s+from|truncate|copy)\b/iu.test(text.replaceAll(/\bfor\s+(no\s+key\s+)?update\b/giu, '').replaceAll(/--.*$/gmu, ''));
}

/** The application name of a connection; pg's types do not tell of it. */
function poolOf(client: object): string {
  const parameters: unknown = Reflect.get(client, 'connectionParameters');
  const name: unknown = typeof parameters === 'object' && parameters !== null ? Reflect.get(parameters, 'application_name') : undefined;
  return typeof name === 'string' ? name : '';
}
