import { createIds } from '../../packages/server/src/app/new-id.ts';
import type { Dependencies } from '../../packages/server/src/app/dependencies.ts';
import { createDatabase, createPool } from '../../packages/server/src/db/index.ts';

/** What the product's own code needs, on a pool of the size that a node has, as a node opens it on a direct connection. Warnings are printed: a benchmark should see none. */
export function workerDependencies(connectionString: string, now: () => Date = () => new Date()): Dependencies {
  const pool = createPool({ connectionString, applicationName: 'rollcall work', max: 15, onError: () => undefined });
  const print = (facts: Readonly<Record<string, unknown>>, text: string): void => {
    process.stderr.write(`${text} ${JSON.stringify(facts, (_, value: unknown) => (value instanceof Error ? value.stack : value))}\n`);
  };
  return { db: createDatabase(pool, { keepsPlans: true }), pool, now, newId: createIds(now), log: { info: () => undefined, warn: print, error: print } };
}
