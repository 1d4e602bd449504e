import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { Database } from "./schema.ts";

/** SQLSTATE out_of_memory, and disk_full where the memory that processes share is a small file system, as in a container. */
const outOfMemory = new Set(["53200", "53100"]);

/**
 * Does work on many rows, which the database may share among several of its processes. Where the memory that they would share is too small, what was done is taken back and
 * done again by one process alone, as is all that follows in this transaction.
 */
export async function sharedWork<T>(trx: Transaction<Database>, work: () => Promise<T>): Promise<T> {
  await sql`savepoint shared_work`.execute(trx);
  try {
    const result = await work();
    await sql`release savepoint shared_work`.execute(trx);
    return result;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && typeof error.code === "string" && outOfMemory.has(error.code))) throw error;
    await sql`rollback to savepoint shared_work`.execute(trx);
    await sql`set local max_parallel_workers_per_gather to 0`.execute(trx);
    return work();
  }
}
