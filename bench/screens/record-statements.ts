import type pg from 'pg';
import { createPool } from '../../packages/server/src/db/index.ts';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface Recorder {
  readonly pool: pg.Pool;
  /** The statements sent since the last call. */
  take(): readonly Statement[];
}

/** A pool that remembers what is sent through it, so that the bare SQL of a request can be sent again. */
export function recordStatements(connectionString: string): Recorder {
  const pool = createPool({ connectionString, applicationName: 'rollcall bench api', onError: () => undefined });
  let sent: Statement[] = [];
  pool.on('connect', (client) => {
    const send: unknown = client.query.bind(client);
    if (typeof send !== 'function') return;
    Object.assign(client, {
      query: (...args: readonly unknown[]): unknown => {
        const [text, values] = args;
        if (typeof text === 'string') sent.push({ text, values: Array.isArray(values) ? values : [] });
        return Reflect.apply(send, client, [...args]);
      },
    });
  });
  return {
    pool,
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
}
