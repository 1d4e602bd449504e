import { sql } from 'kysely';
import type { ControlledTransaction, Kysely } from 'kysely';
import type { Database } from '../../../db/index.ts';
import { readInventoryRows } from '../account-rows.ts';
import type { InventoryRow } from '../account-rows.ts';
import type { AskedInventory } from '../ask.ts';
import type { Listed } from '../find-page.ts';
import type { ListOrder } from '../order.ts';
import { direction } from '../order-parts.ts';

const batchSize = 500;

/** A reading of the inventory as it is at one moment, whatever is changed meanwhile. */
export interface Snapshot {
  readonly trx: ControlledTransaction<Database>;
  /** Ends the reading; a statement that still runs is cancelled. */
  end(): Promise<void>;
}

/** Opens a snapshot that ends when `signal` is aborted. */
export async function openSnapshot(db: Kysely<Database>, signal: AbortSignal): Promise<Snapshot> {
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => (ended ??= trx.rollback().execute().then(() => undefined, () => undefined));
  const cancel = (): void => {
    if (ended === undefined) sql`select pg_cancel_backend(${rows[0]?.pid ?? 0}::int)`.execute(db).catch(() => undefined);
    void end();
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    trx,
    end: async () => {
      signal.removeEventListener('abort', cancel);
      await end();
    },
  };
}

/** All rows of a list in its order, a batch at a time from a cursor of the database: memory does not grow with the list. */
export async function* readBatches(trx: ControlledTransaction<Database>, asked: AskedInventory, order: ListOrder, listed: Listed): AsyncGenerator<readonly InventoryRow[], void> {
  for (const part of order.parts) {
    const way = direction(part.descending);
    await sql`
      declare exported no scroll cursor for
      select a.id from account a ${part.join} where ${listed.condition} and ${part.within} order by ${part.key} ${way}, a.id ${way}`.execute(trx);
    for (;;) {
      const { rows } = await sql<{ id: number }>`fetch forward ${sql.lit(batchSize)} from exported`.execute(trx);
      if (rows.length === 0) break;
      yield await readInventoryRows(trx, asked, rows.map(({ id }) => id));
    }
    await sql`close exported`.execute(trx);
  }
}
