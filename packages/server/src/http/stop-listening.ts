import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

/** How a server that was prepared for it stops. */
export interface Stop {
  /**
   * Takes no connection any more; resolves when that is so. Connections that wait to be taken are taken first: the system would reset them, together with
   * requests that a proxy has sent on them and may not send again.
   */
  listening(): Promise<void>;
  /** Resolves when all connections have ended. Those over which nothing came, also now, are closed after a moment. */
  readonly ended: Promise<void>;
}

/** Whoever has just connected says something within this time. */
const silenceMs = 500;
/** While connections come without a pause, the queue is never seen empty. */
const mostTurns = 100;

/** Watches the connections of a server from its beginning, so that it can stop without losing a request. */
export function prepareStop(server: Server): Stop {
  /** Browsers open some in advance. Node does not count them as idle, so that one of them would hold up a server that stops. */
  const silent = new Set<Socket>();
  let taken = 0;
  server.on('connection', (socket: Socket) => {
    taken += 1;
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => { silent.delete(socket); });
  const closeSilent = (): void => {
    for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
  };
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  return {
    ended,
    async listening() {
      for (let turns = 0, before = -1; before !== taken && turns < mostTurns; turns += 1) {
        before = taken;
        await turn();
      }
      server.close(() => { resolve(); });
      // What has come by then is read before anything is closed.
      setTimeout(() => setImmediate(closeSilent), silenceMs);
    },
  };
}
