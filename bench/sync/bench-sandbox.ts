import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { SandboxOptions } from '@rollcall/sandbox';
import { z } from 'zod';

const description = z.object({ url: z.string(), orgId: z.string(), keys: z.object({ full: z.string() }), keyOwnerAccountId: z.string() });
const rates = z.record(z.string(), z.object({ allowed: z.number(), refused: z.number(), mostInWindow: z.number() }));

export interface BenchSandbox extends Disposable {
  readonly url: string;
  readonly orgId: string;
  readonly key: string;
  readonly keyOwner: string;
  /** What the vendor's own limiter saw of every operation that has a limit. */
  limiterStats(): Promise<z.infer<typeof rates>>;
  /** From now on each of these operations is allowed `perMinute` requests in any minute. */
  limitOperations(operations: readonly string[], perMinute: number): Promise<void>;
}

/** Starts the sandbox in a process of its own, with memory for a million rendered accounts. */
export async function startBenchSandbox(options: SandboxOptions): Promise<BenchSandbox> {
  const child = fork(new URL('sandbox.worker.ts', import.meta.url), [JSON.stringify(options)], { execArgv: ['--max-old-space-size=8000'] });
  const { url, orgId, keys, keyOwnerAccountId } = description.parse(await nextMessage(child));
  return {
    url, orgId, key: keys.full, keyOwner: keyOwnerAccountId,
    async limiterStats() {
      child.send({ limits: {} });
      return rates.parse(await nextMessage(child));
    },
    async limitOperations(operations, perMinute) {
      child.send({ limits: Object.fromEntries(operations.map((operation) => [operation, { limit: perMinute, windowMs: 60_000 }])) });
      rates.parse(await nextMessage(child));
    },
    [Symbol.dispose]: () => { child.kill(); },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: unknown) => { resolve(message); });
    child.once('exit', (code) => { reject(new Error(`The sandbox ended with ${code}.`)); });
  });
}
