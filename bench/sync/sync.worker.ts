import { readFileSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { z } from 'zod';
import { createKeyRing, createSecrets } from '../../packages/server/src/features/secrets/index.ts';
import { buildIndexes, setAsideIndexes, transaction } from '../../packages/server/src/db/index.ts';
import { rollUpUsage, runSync } from '../../packages/server/src/features/sync/index.ts';
import { createVendors } from '../../packages/server/src/features/vendor/index.ts';
import type { OpenVendor } from '../../packages/server/src/features/vendor/index.ts';
import { dumpedTable, loadTables } from '../harness/dumped-tables.ts';
import type { DumpedTable } from '../harness/dumped-tables.ts';
import { measurePart, readOrder } from '../harness/measure-part.ts';
import { workerDependencies } from '../harness/worker-dependencies.ts';

/** Does one queued sync, noting its requests when `record` names a file; or (`replay`) sends the noted requests with bare fetch and parses the answers; or copies rows bare into an empty inventory (`tables`). */
const order = z.union([
  z.object({ connectionString: z.string(), syncId: z.string(), secretKey: z.string(), record: z.string().nullable() }),
  z.object({ replay: z.string() }),
  z.object({ connectionString: z.string(), tables: z.array(dumpedTable), workspaceId: z.number(), realmId: z.number() }),
]).parse(readOrder());
const request = z.object({ url: z.string(), method: z.string(), headers: z.record(z.string(), z.string()), body: z.string().exactOptional() });
type Request = z.infer<typeof request>;

async function replay(file: string): Promise<void> {
  const requests = z.array(request).parse(JSON.parse(readFileSync(file, 'utf8')));
  await measurePart(async () => {
    let rows = 0;
    for (const { url, ...init } of requests) {
      const response = await fetch(url, init);
      const page: unknown = await response.json();
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      if (typeof page === 'object' && page !== null && 'data' in page && Array.isArray(page.data)) rows += page.data.length;
    }
    return { requests: requests.length, rows };
  });
}

async function sync(work: { connectionString: string; syncId: string; secretKey: string; record: string | null }): Promise<void> {
  const requests: Request[] = [];
  const searches: { first: number | null; last: number } = { first: null, last: 0 };
  noteRequests(work.record === null ? null : requests, searches);
  const deps = workerDependencies(work.connectionString);
  const secrets = createSecrets(deps.db, createKeyRing([Buffer.from(work.secretKey, 'hex')], 'bench'));
  const { openVendor } = createVendors({ ...deps, secrets });
  await sql`select 1`.execute(deps.db);
  await measurePart(async () => {
    const outcome = await runSync({ ...deps, openVendor: withoutSingleAccounts(openVendor), openUpload: () => Promise.reject(new Error('no file here')) }, work.syncId, new AbortController().signal);
    if (outcome.kind !== 'ended') throw new Error('The sync waits.');
    return { searchSeconds: (searches.last - (searches.first ?? 0)) / 1_000 };
  });
  await deps.pool.end();
  if (work.record !== null) writeFileSync(work.record, JSON.stringify(requests));
}

/** The fewest statements that can write these rows: COPY into tables without search and list indexes, which are then built, and the rollup. */
async function copyBare({ connectionString, tables, workspaceId, realmId }: { connectionString: string; tables: readonly DumpedTable[]; workspaceId: number; realmId: number }): Promise<void> {
  const deps = workerDependencies(connectionString);
  await sql`select 1`.execute(deps.db);
  await measurePart(async () => {
    await setAsideIndexes(deps.db);
    await transaction(deps.pool, async (trx, client) => {
      await loadTables(client, tables);
      await buildIndexes(trx);
      await rollUpUsage(trx, workspaceId, realmId);
    });
    return {};
  });
  await deps.pool.end();
}

/** Without the reading of accounts one by one, whose pace is the vendor's 200 a minute and not ours. */
function withoutSingleAccounts(open: OpenVendor): OpenVendor {
  return async (...about) => {
    const vendor = await open(...about);
    return { ...vendor, steps: () => vendor.steps().filter((step) => step.over !== 'accountsWithoutActivity') };
  };
}

/** Notes when searches for users were sent; and whole requests, when asked to. */
function noteRequests(into: Request[] | null, searches: { first: number | null; last: number }): void {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    const url = input instanceof Request ? input.url : input.toString();
    if (url.endsWith('/users/search')) {
      searches.last = performance.now();
      searches.first ??= searches.last;
    }
    into?.push({ url, method: init?.method ?? 'GET', headers, ...(typeof init?.body === 'string' ? { body: init.body } : {}) });
    return real(input, init);
  };
}

await ('replay' in order ? replay(order.replay) : 'tables' in order ? copyBare(order) : sync(order));
