import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Watches connections over which nothing has come yet: browsers open some in advance. Node does not count them as idle, so that one of them would hold up a
 * server that stops. The returned function closes them; whoever was about to use one opens another, elsewhere.
 */
export function watchSilentConnections(server: Server): () => void {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => { silent.delete(socket); });
  return () => {
    for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
  };
}
