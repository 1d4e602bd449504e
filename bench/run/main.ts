import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, routes } from '@rollcall/contract';
import { apiJob } from '../harness/api-job.ts';
import { openBenchDatabase } from '../harness/bench-database.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { memoryOfProcess, cpuOfProcess, meterServer } from '../harness/server-meter.ts';
import { startNode } from '../harness/start-node.ts';
import { startBenchSandbox } from '../sync/bench-sandbox.ts';

const leastUsed = 0.95;
const actions = 10_000;
/** Of which a little more than as many are inactive. */
const accounts = 100_000;
/** What the vendor allows of each operation in any minute, and counts itself. */
const perMinute = 1_200;
/** How long every answer of the vendor takes at least, and how long what was taken away stays visible. */
const latencyMs = 150;
const visibleMs = 1_000;
/** The operations of a run and of its re-reading, by the budget of which the product counts them. */
const operations: Readonly<Record<string, readonly string[]>> = {
  search: ['users.search'],
  users: ['users.get'],
  roles: ['users.roleAssignments'],
  org: ['directories.list'],
  writes: ['memberships.remove', 'roles.revoke'],
};
const unlimited = 1_000_000;

/** "run": access is taken from 10,000 people by a vendor that answers slowly and enforces its limit: how much of it is used, by the vendor's own count, and whether it is ever exceeded. */
export async function runRunBench(): Promise<BenchRow> {
  await using cleanUp = new AsyncDisposableStack();
  const database = cleanUp.use(await openBenchDatabase());
  // One app, so that nobody holds one that was never opened: those are asked for one by one, at Atlassian's 200 a minute.
  const sandbox = cleanUp.use(await startBenchSandbox({ users: accounts, sites: ['acme'], apps: ['jira'], latencyMs, consistencyDelayMs: visibleMs, neverActive: 'nullTimestamp', rateWindow: 'sliding', rateLimits: { lastActiveDates: null } }));
  const dataFolder = mkdtempSync(join(tmpdir(), 'rollcall-bench-run-'));
  cleanUp.defer(() => { rmSync(dataFolder, { recursive: true, force: true }); });
  const node = cleanUp.use(await startNode(database.connectionString, dataFolder));
  const client = createClient({ baseUrl: node.url, headers: () => ({ authorization: `Bearer ${node.token}` }) });
  const job = apiJob(client, new AbortController().signal);
  const sourceId = await job.connect({ ...sandbox, name: 'Acme', requestsPerMinute: unlimited });
  await job.sync(sourceId);
  await client.call(routes.sources.change, { params: { sourceId }, body: { requestsPerMinute: perMinute } });
  await sandbox.limitOperations(Object.values(operations).flat(), perMinute);
  const plan = await job.plan(sourceId, 'app = jira AND usage = inactive AND status = active', '30d');
  let people = 0;
  let peakMiB = 0;
  const server = meterServer(database.serverPid);
  const cpuBefore = cpuOfProcess(node.pid);
  const began = performance.now();
  await job.run(plan, (more) => {
    people += more;
    peakMiB = Math.max(peakMiB, memoryOfProcess(node.pid));
  });
  const seconds = (performance.now() - began) / 1_000;
  const rollcall = { seconds, cpuSeconds: cpuOfProcess(node.pid) - cpuBefore, peakMiB, database: server() };
  const stats = await sandbox.limiterStats();
  const shares = Object.entries(operations).map(([budget, names]) => {
    const allowed = names.reduce((sum, name) => sum + (stats[name]?.allowed ?? 0), 0);
    return { budget, allowed, used: allowed / (seconds * (perMinute / 60)) };
  });
  const busiest = shares.reduce((most, share) => (share.used > most.used ? share : most));
  const refused = Object.values(stats).reduce((sum, one) => sum + one.refused, 0);
  const most = Math.max(...Object.values(stats).map((one) => one.mostInWindow));
  const requests = shares.reduce((sum, { allowed }) => sum + allowed, 0);
  return {
    name: 'run', accounts, ratio: null, floor: null, rollcall,
    promise: `${actions.toLocaleString('en-US')} actions: at least ${leastUsed * 100} % of the vendor's rate used, never exceeded`,
    holds: busiest.used >= leastUsed && refused === 0 && most <= perMinute && people >= actions,
    notes: [
      `${people.toLocaleString('en-US')} of ${(plan.totals?.act ?? 0).toLocaleString('en-US')} people verified in ${seconds.toFixed(1)} s, ${(requests / Math.max(people, 1)).toFixed(1)} requests each; every answer took ${latencyMs} ms, what was taken away stayed visible for ${visibleMs / 1_000} s, and each operation was allowed ${perMinute.toLocaleString('en-US')} times a minute`,
      `${busiest.allowed.toLocaleString('en-US')} requests of the busiest kind (${busiest.budget}): ${(busiest.used * 100).toFixed(1)} % of the limit from the start of the run to its end; ${refused} refused; at most ${most.toLocaleString('en-US')} in any minute`,
      `by kind: ${shares.map(({ budget, used }) => `${budget} ${(used * 100).toFixed(0)} %`).join(', ')}`,
    ],
  };
}
