import { fork } from 'node:child_process';
import { z } from 'zod';
import { withServerHeap } from '../../scripts/bootstrap/server-heap.mjs';

export interface NodeUnderLoad extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** What it said on standard error, the last of it. */
  readonly said: () => string;
  /** True once it has ended: it should not. */
  readonly hasEnded: () => boolean;
}

const description = z.object({ url: z.string(), token: z.string() });

/** Starts a node in a process of its own over a database. */
export async function startNode(connectionString: string, dataFolder: string): Promise<NodeUnderLoad> {
  const child = fork(new URL('server.worker.ts', import.meta.url), [JSON.stringify({ connectionString, dataFolder })], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'], execArgv: ['--no-warnings'], env: withServerHeap(process.env) });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-4_000); });
  const ended = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  const first = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => { reject(new Error(`The node ended with ${code}: ${said}`)); });
  });
  return {
    ...description.parse(first), pid: child.pid ?? 0, said: () => said, hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      const force = setTimeout(() => { child.kill('SIGKILL'); }, 30_000);
      await ended;
      clearTimeout(force);
    },
  };
}
