import { join } from 'node:path';
import { openBenchDatabase } from '../harness/bench-database.ts';
import { bestOf } from '../harness/bench-row.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import type { Measured } from '../harness/run-worker.ts';
import { startBenchSandbox } from './bench-sandbox.ts';
import { makeSource, replay } from './sync-source.ts';

const most = 2;
const sites = ['acme', 'acme-support', 'acme-labs'];

/** "sync": the first sync of an organisation served pre-rendered at zero latency beside a bare loop over the same pages; then a second one of the unchanged organisation. */
export async function runSyncBench({ accounts, rounds = 3 }: { readonly accounts: number; readonly rounds?: number }): Promise<readonly BenchRow[]> {
  await using database = await openBenchDatabase();
  using sandbox = await startBenchSandbox({ users: accounts, sites, neverActive: 'nullTimestamp', cachePages: true, rateLimits: { lastActiveDates: null } });
  const source = await makeSource(database, sandbox, 1_000_000);
  const pages = join(database.folder, 'requests.json');
  const first = await source.sync(pages);
  const second = await source.sync();
  const tables = await source.dump();
  const floors: Measured[] = [];
  const copies: Measured[] = [];
  const ours: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await replay(pages));
    await source.empty();
    copies.push(await source.copyBare(tables));
    await source.empty();
    ours.push(await source.sync());
  }
  const floor = bestOf(floors);
  const copied = bestOf(copies);
  const rollcall = bestOf(ours);
  const ratio = rollcall.seconds / floor.seconds;
  const written = Object.entries(second.totals).filter(([name]) => /Changed|Added|Removed|Ended|Gone/u.test(name)).reduce((sum, [, rows]) => sum + rows, 0);
  return [
    {
      name: 'sync', accounts, ratio,
      promise: `at most ${most} × a bare fetch-and-parse loop over the same pages`,
      holds: ratio <= most,
      floor: { what: `${floor.facts['requests'] ?? 0} requests, one after the other, each answer parsed`, ...floor },
      rollcall,
      notes: [
        `first sync into an empty inventory: ${(first.totals['accessesAdded'] ?? 0).toLocaleString('en-US')} accesses, ${(first.totals['membershipsAdded'] ?? 0).toLocaleString('en-US')} memberships, ${(accounts / rollcall.seconds).toFixed(0)} accounts a second`,
        `the same rows written bare (COPY, the indexes built afterwards, the rollup), without reading anything: ${copied.seconds.toFixed(1)} s, ${(copied.seconds / floor.seconds).toFixed(1)} × the loop; Rollcall takes ${(rollcall.seconds / (floor.seconds + copied.seconds)).toFixed(2)} × loop and COPY together`,
      ],
    },
    {
      name: 'sync, unchanged', accounts, ratio: second.seconds / floor.seconds,
      promise: 'a second sync of an unchanged organisation writes almost nothing',
      holds: written <= accounts / 1_000,
      floor: { what: 'the same bare loop', ...floor },
      rollcall: second,
      notes: [`${written.toLocaleString('en-US')} rows of the inventory written`],
    },
  ];
}

/** "rate": a sync under a limit that the vendor enforces: how much of it is used, by the vendor's own count, and whether it is ever exceeded. */
export async function runRate(): Promise<BenchRow> {
  const limit = 600;
  const accounts = 100_000;
  await using database = await openBenchDatabase();
  using sandbox = await startBenchSandbox({ users: accounts, sites, neverActive: 'nullTimestamp', cachePages: true, rateWindow: 'sliding', rateLimits: { lastActiveDates: null, 'users.search': { limit, windowMs: 60_000 } } });
  const source = await makeSource(database, sandbox, limit);
  const rollcall = await source.sync();
  const stats = Object.values(await sandbox.limiterStats())[0];
  const searchSeconds = rollcall.facts['searchSeconds'] ?? 0;
  const used = stats === undefined ? 0 : stats.allowed / (searchSeconds * (limit / 60));
  const refused = stats?.refused ?? 0;
  return {
    name: 'sync under a limit', accounts, ratio: null,
    promise: 'at least 95 % of a declared limit used, never exceeded',
    holds: used >= 0.95 && refused === 0 && (stats?.mostInWindow ?? 0) <= limit,
    floor: null,
    rollcall,
    notes: [`${stats?.allowed ?? 0} searches in ${searchSeconds.toFixed(1)} s at ${limit} a minute: ${(used * 100).toFixed(1)} % of the limit from the first to the last; ${refused} refused; at most ${stats?.mostInWindow ?? 0} in any 60 s`],
  };
}
