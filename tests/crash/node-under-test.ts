import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createClient } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import type { CommitPoint } from '@rollcall/server';
import { killDatabase } from './kill-database.ts';
import { nodeReport } from './node-order.ts';
import type { NodeReport, Order, Stop } from './node-order.ts';

export interface NodeUnderTest {
  readonly client: Client;
  readonly url: string;
  readonly token: string;
  /** Names of the commits that this process has made or begun. */
  readonly seen: ReadonlySet<CommitPoint>;
  /** Writes without a name, with the pool that made them. */
  readonly unnamed: readonly { readonly pool: string; readonly statement: string }[];
  /** Makes it stand still at the next such commit; null takes that back. */
  arm(stop: Stop | null): void;
  /** Settles when it stands still. */
  readonly reached: Promise<Stop['point']>;
  /** SIGKILL, and waits until the process is gone. The embedded database lives on unless `withDatabase`: then its processes are killed first. */
  kill(withDatabase?: boolean): Promise<void>;
}

/** A process that has loaded the program and waits for its start: what a restart takes is then the start itself. */
export interface StandbyNode {
  start(stop?: Stop | null): Promise<NodeUnderTest>;
  discard(): void;
}

export function standby(dataFolder: string): StandbyNode {
  const child = spawn(process.execPath, [new URL('server-process.ts', import.meta.url).pathname], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ROLLCALL_DATA: dataFolder, ROLLCALL_PORT: '0', ROLLCALL_LOG_LEVEL: 'error' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // Orders to a process that was killed meanwhile go nowhere.
  child.stdin.on('error', () => undefined);
  return { start: (stop = null) => begin(child, dataFolder, stop), discard: () => { child.kill('SIGKILL'); } };
}

async function begin(child: ChildProcess, dataFolder: string, stop: Stop | null): Promise<NodeUnderTest> {
  const ready = Promise.withResolvers<{ url: string; token: string } | null>();
  const reached = Promise.withResolvers<CommitPoint>();
  const seen = new Set<CommitPoint>();
  const unnamed: { pool: string; statement: string }[] = [];
  const hear = (report: NodeReport): void => {
    if ('ready' in report) ready.resolve(report.ready);
    else if ('seen' in report) seen.add(report.seen);
    else if ('unnamed' in report) unnamed.push(report.unnamed);
    else {
      reached.resolve(report.reached.point);
      // It can stand still before it is ready: then there is nobody to talk to.
      ready.resolve(null);
    }
  };
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  if (child.stdout === null) throw new Error('The node has no output.');
  createInterface({ input: child.stdout }).on('line', (line) => { hear(nodeReport.parse(JSON.parse(line))); }).on('close', () => { ready.reject(new Error('The node ended before it was ready.')); });
  const order = (given: Order): void => { child.stdin?.write(`${JSON.stringify(given)}\n`); };
  order({ kind: 'start', stop });
  const { url, token } = (await ready.promise) ?? { url: 'http://127.0.0.1:9', token: '' };
  return {
    url,
    token,
    seen,
    unnamed,
    reached: reached.promise,
    client: createClient({ baseUrl: url, headers: () => ({ authorization: `Bearer ${token}` }) }),
    arm: (next) => { order({ kind: 'arm', stop: next }); },
    async kill(withDatabase = false) {
      if (withDatabase) await killDatabase(dataFolder);
      child.kill('SIGKILL');
      await exited;
    },
  };
}
