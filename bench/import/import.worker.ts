import { createReadStream } from 'node:fs';
import { sql } from 'kysely';
import { z } from 'zod';
import { readExport } from '@rollcall/connectors/csv';
import { parseCivilDate } from '@rollcall/core';
import { transaction } from '../../packages/server/src/db/index.ts';
import { rollUpUsage, runSync } from '../../packages/server/src/features/sync/index.ts';
import { openUploads } from '../../packages/server/src/features/uploads/index.ts';
import { dumpedTable, loadTables } from '../harness/dumped-tables.ts';
import { measurePart, readOrder } from '../harness/measure-part.ts';
import { workerDependencies } from '../harness/worker-dependencies.ts';

/**
 * `take`: the sync that takes an uploaded file, as the product does it. `load` and `refresh` are the floors: the file is read with the same parser, then the
 * rows that Rollcall had made of it are written bare: by COPY into the same tables, or by COPY of the changed ones and UPDATE … FROM.
 */
const dumped = z.array(dumpedTable);
const place = z.object({ connectionString: z.string(), csv: z.string(), exportedOn: z.string(), workspaceId: z.number(), realmId: z.number() });
const order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('take'), connectionString: z.string(), syncId: z.string() }),
  place.extend({ kind: z.literal('load'), tables: dumped }),
  place.extend({ kind: z.literal('refresh'), tables: dumped }),
]).parse(readOrder());
const deps = workerDependencies(order.connectionString);
await sql`select 1`.execute(deps.db);
await measurePart(async () => {
  if (order.kind === 'take') {
    const outcome = await runSync({ ...deps, openVendor: () => Promise.reject(new Error('no vendor here')), openUpload: openUploads(deps) }, order.syncId, new AbortController().signal);
    if (outcome.kind !== 'ended') throw new Error('The import waits.');
    return {};
  }
  const started = performance.now();
  const accounts = await readFile(order.csv, order.exportedOn);
  const parseSeconds = (performance.now() - started) / 1_000;
  await (order.kind === 'load' ? load(order) : refresh(order));
  return { accounts, parseSeconds };
});
await deps.pool.end();

async function readFile(path: string, exportedOn: string): Promise<number> {
  const reading = await readExport(createReadStream(path, { highWaterMark: 1024 * 1024 }), { fileName: 'export-users.csv', exportedOn: parseCivilDate(exportedOn) ?? undefined });
  let accounts = 0;
  for await (const batch of reading.batches) accounts += batch.length;
  return accounts;
}

type Bare = z.infer<typeof place> & { readonly tables: z.infer<typeof dumped> };

async function load({ tables, workspaceId, realmId }: Bare): Promise<void> {
  await transaction(deps.pool, async (trx, client) => {
    await loadTables(client, tables);
    await sql`analyze account, access`.execute(trx);
    await rollUpUsage(trx, workspaceId, realmId);
  });
}

async function refresh({ tables, workspaceId, realmId }: Bare): Promise<void> {
  await transaction(deps.pool, async (trx, client) => {
    await sql`create temp table fresh on commit drop as select id, last_kind, last_on, evidence_id, known_through, clock_on from access limit 0`.execute(trx);
    await sql`create temp table fresh_month on commit drop as select * from activity_month limit 0`.execute(trx);
    await loadTables(client, tables);
    await sql`analyze fresh`.execute(trx);
    await sql`
      update access c set last_kind = f.last_kind, last_on = f.last_on, evidence_id = f.evidence_id, known_through = f.known_through, clock_on = f.clock_on from fresh f where f.id = c.id`.execute(trx);
    await sql`insert into activity_month select * from fresh_month on conflict (access_id, month) do update set days = excluded.days`.execute(trx);
    await rollUpUsage(trx, workspaceId, realmId);
  });
}
