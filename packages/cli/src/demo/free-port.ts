import { createServer } from 'node:net';
import { CliError } from '../cli-error.ts';

const tried = 50;

/** The wanted port of this machine, or the next one that is free. 0: any. */
export async function freePort(wanted: number): Promise<number> {
  if (wanted === 0) return 0;
  for (let port = wanted; port < Math.min(wanted + tried, 65_536); port += 1) {
    if (await isFree(port)) return port;
  }
  throw new CliError(`No port from ${wanted} on is free. Choose another with --port.`);
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => { resolve(false); });
  server.listen(port, '127.0.0.1', () => { server.close(() => { resolve(true); }); });
  return promise;
}
