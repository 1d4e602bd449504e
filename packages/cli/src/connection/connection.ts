import { createClient } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { keyedClient } from './keyed-client.ts';

/** A server that commands talk to. */
export interface Connection extends AsyncDisposable {
  readonly client: Client;
  readonly url: string;
  /** True when the server was started for this command alone: what is not waited for would end with it. */
  readonly embedded: boolean;
}

/** A connection to a server that runs by itself. */
export function connectionTo(url: string, token: string): Connection {
  return { client: clientOf(url, token), url, embedded: false, [Symbol.asyncDispose]: () => Promise.resolve() };
}

export function clientOf(url: string, token: string): Client {
  return keyedClient(createClient({ baseUrl: url.replace(/\/+$/, ''), headers: () => ({ authorization: `Bearer ${token}` }) }));
}
