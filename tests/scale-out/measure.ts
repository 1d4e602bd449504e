import { setTimeout as wait } from 'node:timers/promises';
import { createClient, routes } from '@rollcall/contract';
import { startSandbox } from '@rollcall/sandbox';
import { connect, requestSync, syncDone } from './support/work.ts';
import { startNode } from './support/nodes.ts';
import { startPostgres } from './support/postgres.ts';

/**
 * `node tests/scale-out/measure.ts [accounts [nodes …]]`: the measured part of docs/guide/scale-out.md. For one and two nodes: many small organisations read side by side, then pages of the inventory asked for by
 * many at once. Everything runs on this machine, the vendor and whoever asks included.
 */
const accounts = Number(process.argv[2] ?? 500);
const organisations = 8;
const askers = 8;
const seconds = 10;

async function measure(nodes: number): Promise<void> {
  await using cleanUp = new AsyncDisposableStack();
  const atEnd = (work: () => Promise<void>): void => { cleanUp.defer(work); };
  const postgres = await startPostgres();
  atEnd(() => postgres.stop());
  const running = [];
  for (let n = 0; n < nodes; n += 1) running.push(await startNode({ databaseUrl: postgres.url, program: 'rollcall', settings: { ROLLCALL_SYNCS_AT_ONCE: '4' } }, atEnd));
  const [first] = running;
  if (first === undefined) throw new Error('No node was started.');
  const sources: string[] = [];
  for (let n = 0; n < organisations; n += 1) {
    const sandbox = await startSandbox({ users: accounts, seed: 100 + n, latencyMs: 100, neverActive: 'nullTimestamp' });
    atEnd(() => sandbox.close());
    sources.push(await connect(first.client, sandbox, `Organisation ${n}`, 1_000_000));
  }
  const rates: number[] = [];
  for (let round = 0; round < 2; round += 1) {
    const begun = performance.now();
    const syncs = await Promise.all(sources.map((id) => requestSync(first.client, id)));
    for (const id of syncs) await syncDone(first.client, id);
    rates.push((organisations * 60_000) / (performance.now() - begun));
  }
  const size = await postgres.pool.query<{ bytes: number }>("select sum(pg_total_relation_size(c.oid))::float8 as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and c.relname not like 'staged%'");
  const clients = await Promise.all(running.map(async (node) => {
    const { secret } = await node.client.call(routes.session.createToken, { body: { name: 'measure', scopes: ['read'], expiresInDays: 1 } });
    return createClient({ baseUrl: node.url, headers: () => ({ authorization: `Bearer ${secret}` }) });
  }));
  const stop = new AbortController();
  let answered = 0;
  const asking = Array.from({ length: askers }, async (_, n) => {
    while (!stop.signal.aborted) {
      await clients[n % clients.length]?.call(routes.inventory.page, { query: { q: 'status = active', period: '90d' } });
      answered += 1;
    }
  });
  await wait(seconds * 1_000);
  stop.abort();
  await Promise.all(asking);
  process.stdout.write(`${JSON.stringify({ nodes, organisations, accounts, firstSyncsPerMinute: Math.round(rates[0] ?? 0), laterSyncsPerMinute: Math.round(rates[1] ?? 0), pagesPerSecond: Math.round(answered / seconds), bytesPerAccount: Math.round((size.rows[0]?.bytes ?? 0) / (organisations * accounts)) })}\n`);
}

const asked = process.argv.slice(3).map(Number);
for (const nodes of asked.length === 0 ? [1, 2] : asked) await measure(nodes);
