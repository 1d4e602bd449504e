import { SyncEnded } from './sync-record.ts';
import type { OpenSync } from './sync-record.ts';
import type pg from 'pg';

/** Writes progress under our epoch, or ends the work: a worker that wakes up late writes nothing. */
export async function keepEpoch(client: pg.ClientBase, sync: Pick<OpenSync, 'id' | 'epoch'>, progress: string): Promise<void> {
  const { rows } = await client.query<{ cancel_requested: boolean }>(
    `update sync set progress = $3 where id = $1 and epoch = $2 and state in ('running', 'finalising') returning cancel_requested`,
    [sync.id, sync.epoch, progress],
  );
  const row = rows[0];
  if (row === undefined) throw new SyncEnded('fenced');
  if (row.cancel_requested) throw new SyncEnded('cancelled');
}
