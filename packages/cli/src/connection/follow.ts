import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '@rollcall/contract';
import type { Client, Route, RouteAnswer, RouteInput } from '@rollcall/contract';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { serverEvents } from './server-events.ts';

export interface Followed<E extends Route, G extends Route> {
  readonly client: Client;
  readonly events: E;
  readonly get: G;
  readonly input: RouteInput<E> & RouteInput<G>;
  readonly signal: AbortSignal;
}

const patience = 5;

/**
 * Waits for something that has progress: gives every state to `show` until `isOver`. A line that breaks is taken up again from the object
 * itself. Throws with exit code 5 after five broken lines in a row without news.
 */
export async function follow<E extends Route, G extends Route>(
  followed: Followed<E, G>,
  isOver: (state: RouteAnswer<E> | RouteAnswer<G>) => boolean,
  show: (state: RouteAnswer<E> | RouteAnswer<G>) => void,
): Promise<RouteAnswer<E> | RouteAnswer<G>> {
  const { client, events, get, input, signal } = followed;
  for (let broken = 0; broken < patience; broken += 1) {
    try {
      for await (const state of serverEvents(client, events, input, signal)) {
        broken = 0;
        show(state);
        if (isOver(state)) return state;
      }
    } catch (error) {
      throwIfFinal(error, signal);
    }
    try {
      const state = await client.call(get, input, { signal });
      // Whoever gets no stream, because as many are open as the server takes, looks once a second.
      broken = -1;
      show(state);
      if (isOver(state)) return state;
    } catch (error) {
      throwIfFinal(error, signal);
    }
    await sleep(1_000, undefined, { signal });
  }
  throw new CliError('The server does not answer any more. What was begun goes on there, or when it starts again; ask again later.', exitCodes.unreachable);
}

/** A broken line and a busy server pass; any other answer stays what it is. */
function throwIfFinal(error: unknown, signal: AbortSignal): void {
  signal.throwIfAborted();
  if (error instanceof ProblemError && error.problem.code !== 'overloaded') throw error;
}
