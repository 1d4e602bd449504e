import { spawn } from 'node:child_process';
import { z } from 'zod';
import { withServerHeap } from '../../scripts/bootstrap/server-heap.mjs';
import { meterServer } from './server-meter.ts';
import type { ServerCost } from './server-meter.ts';

/** What a worker process measured. Seconds and CPU are of the measured part, memory of the whole process. */
export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly database: ServerCost | null;
  /** Counts and the like that the worker reports. */
  readonly facts: Readonly<Record<string, number>>;
}

const message = z.union([
  z.object({ kind: z.literal('begin') }),
  z.object({ kind: z.literal('end'), seconds: z.number(), cpuSeconds: z.number(), peakMiB: z.number(), facts: z.record(z.string(), z.number()) }),
]);

/** Runs a `*.worker.ts` in a Node process of its own, with the memory settings of a server, and with `order` as its argument; the server, when given, is metered during the measured part. */
export async function runWorker(program: URL, order: object, serverPid: number | null): Promise<Measured> {
  const child = spawn(process.execPath, ['--no-warnings', program.pathname, JSON.stringify(order)], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'], env: withServerHeap(process.env) });
  let said = '';
  let stop: (() => ServerCost) | null = null;
  let measured: Measured | null = null;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
  child.on('message', (raw) => {
    const heard = message.parse(raw);
    if (heard.kind === 'begin') stop = serverPid === null ? null : meterServer(serverPid);
    else measured = { ...heard, database: stop?.() ?? null };
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0 || measured === null) throw new Error(`${program.pathname.split('/').at(-1)} ended with ${code}: ${said}`);
  return measured;
}
