import { randomUUID } from 'node:crypto';
import type { Client } from '@rollcall/contract';

/** Gives every write a key of its own, so that a request whose answer was lost can be told from a second one. */
export function keyedClient(client: Client): Client {
  return {
    ...client,
    call: (route, input, options) =>
      client.call(route, input, route.method === 'GET' || route.takes === 'bytes' ? options : { idempotencyKey: randomUUID(), ...options }),
  };
}
