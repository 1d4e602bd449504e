import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Rollcall } from './rollcall.ts';

/** Runs statements in the product's embedded database, behind its back: what only time or a damaged database brings about. */
export async function changeDatabase({ dataFolder }: Rollcall, ...statements: readonly string[]): Promise<void> {
  // The fifth line of postmaster.pid names the folder of the socket.
  const socketFolder = (await readFile(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[4]?.trim() ?? '';
  const client = new pg.Client({ host: socketFolder, port: 5432, user: 'rollcall', database: 'rollcall' });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
