import type { Pool } from 'pg';
import { appliedMigration, newestMigration } from '../../db/index.ts';
import type { CheckReadiness, Unready } from '../../http/index.ts';

/** Many who ask at once, and a proxy that asks every second, cost one look. */
const keptMs = 500;
/** A database that does not answer in this time is none: longer than its own limits, for a network that swallows everything. */
const patienceMs = 3_000;

/**
 * Looks whether the database answers and has at least this program's schema. A newer one is fine: migrations only add what older nodes need not know,
 * and a rolling upgrade would otherwise take every old node out at once. `pool` is one of its own, so that a busy node still answers.
 */
export async function createReadiness(pool: Pool, now: () => Date): Promise<CheckReadiness> {
  const needed = await newestMigration();
  const look = async (): Promise<Unready | null> => {
    try {
      return (await appliedMigration(pool)) < needed ? 'schema' : null;
    } catch {
      return 'database';
    }
  };
  let last: { readonly at: number; readonly answer: Promise<Unready | null> } | null = null;
  return () => {
    const at = now().getTime();
    if (last === null || Math.abs(at - last.at) > keptMs) last = { at, answer: within(patienceMs, look()) };
    return last.answer;
  };
}

async function within(milliseconds: number, answer: Promise<Unready | null>): Promise<Unready | null> {
  const { promise: late, resolve } = Promise.withResolvers<Unready>();
  const timer = setTimeout(() => { resolve('database'); }, milliseconds);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
