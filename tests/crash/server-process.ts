import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { loadConfig, startServer } from '@rollcall/server';
import type { CommitPoint } from '@rollcall/server';
import { atCommit, watchCommits } from './commit-watch.ts';
import { order } from './node-order.ts';
import type { NodeReport, Stop } from './node-order.ts';

/**
 * A whole node as a process of its own, so that a test can kill it. It loads its modules, waits for the order to start, and stands still at the commit it is told to, so that the
 * kill falls exactly there. Waits for the vendor are short; nothing else differs from `rollcall serve`.
 */
let stop: (Stop & { left: number }) | null = null;
const told = new Set<string>();

function tell(report: NodeReport): void {
  // Written at once, also by a process that stands still a moment later.
  writeSync(1, `${JSON.stringify(report)}\n`);
}

function once(key: string, report: NodeReport): void {
  if (told.has(key)) return;
  told.add(key);
  tell(report);
}

function reached(point: CommitPoint, side: 'before' | 'after'): boolean {
  if (stop?.point !== point || stop.side !== side) return false;
  stop.left -= 1;
  return stop.left <= 0;
}

watchCommits(({ point, side, pool, statement }) => {
  if (pool === 'rollcall jobs') return;
  if (point === null) {
    once(`unnamed ${statement}`, { unnamed: { pool, statement: statement.slice(0, 160) } });
    return;
  }
  once(`seen ${point}`, { seen: point });
  if (!reached(point, side)) return;
  tell({ reached: { point, side } });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});

function arm(next: Stop | null): void {
  stop = next === null ? null : { ...next, left: next.nth };
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const given = order.parse(JSON.parse(line));
  arm(given.stop);
  if (given.kind === 'start') void start();
}).on('close', () => {
  // Nobody is left to kill it.
  process.exit();
});

async function start(): Promise<void> {
  const server = await startServer(loadConfig(), { webFolder: null, atCommit, runTiming: { requestTimeoutMs: 400, consistencyMs: 300, verifyAfterMs: [0, 100, 300, 1_000], peopleAtOnce: { first: 2, most: 2 } } });
  tell({ ready: { url: server.url, token: server.localToken } });
}
