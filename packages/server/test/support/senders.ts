import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

/** In a thread of its own: opens connections and sends a request on each, counting them in `sent`; then tells the first line of each answer, or what became of the connection. */
const { hostname, port, host, path, many, sent } = z
  .object({ hostname: z.string(), port: z.number(), host: z.string(), path: z.string(), many: z.number(), sent: z.instanceof(Int32Array) })
  .parse(workerData);

const answers = Array.from({ length: many }, () => new Promise<string>((resolve) => {
  let text = '';
  const socket = connect(port, hostname, () => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, () => {
      Atomics.add(sent, 0, 1);
      Atomics.notify(sent, 0);
    });
  });
  socket.setEncoding('utf8').on('data', (more: string) => { text += more; });
  socket.on('error', (error) => { resolve(error.message); });
  socket.on('close', () => { resolve(text.split('\r\n')[0] ?? ''); });
}));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
parentPort?.postMessage(await Promise.all(answers));
