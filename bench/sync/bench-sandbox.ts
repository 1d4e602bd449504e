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
  /** What the vendor's own limiter saw. */
  limiterStats(): Promise<z.infer<typeof rates>>;
}

/** Starts the sandbox in a process of its own, with memory for a million rendered accounts. */
export async function startBenchSandbox(options: SandboxOptions): Promise<BenchSandbox> {
  const child = fork(new URL('sandbox.worker.ts', import.meta.url), [JSON.stringify(options)], { execArgv: ['--max-old-space-size=8000'] });
  const { url, orgId, keys, keyOwnerAccountId } = description.parse(await nextMessage(child));
  return {
    url, orgId, key: keys.full, keyOwner: keyOwnerAccountId,
    async limiterStats() {
      child.send('stats');
      return rates.parse(await nextMessage(child));
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
