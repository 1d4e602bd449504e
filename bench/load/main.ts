import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@rollcall/contract';
import { fillInventory, inventoryToday } from '../data/inventory.ts';
import { openBenchDatabase } from '../harness/bench-database.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { cpuOfProcess, meterServer } from '../harness/server-meter.ts';
import { screenCases } from '../screens/cases.ts';
import { startBenchSandbox } from '../sync/bench-sandbox.ts';
import { sendArrivals } from './arrivals.ts';
import type { Load } from './arrivals.ts';
import { Figures } from './figures.ts';
import type { KindFigures } from './figures.ts';
import { sampleMemory } from './memory-samples.ts';
import type { MemoryFigures } from './memory-samples.ts';
import { mixOf } from './mix.ts';
import { startNode } from '../harness/start-node.ts';
import { startWork } from './work-meanwhile.ts';

export interface LoadOptions {
  readonly accounts: number;
  readonly minutes?: number;
  readonly perSecond?: number;
}

/** The organisation that is synced and acted on beside the requests is this part of the inventory, within bounds: of a larger one Atlassian's 200 activity requests a minute take longer than the load. */
const workShare = 0.1;
const mostWorkedOn = 5_000;
const mostGrowth = 1.2;
/** Requests a second, each for a while before the load itself: how many of them are carried without one refusal. */
const steps = [25, 50, 75, 100, 150, 200];
const stepSeconds = 20;
/** What an administrator would declare of Atlassian's limits; the simulated organisation answers at once, and would otherwise be read as fast as the processors allow. */
const requestsPerMinute = 600;

/** "load": requests at a steady rate over the screens, while syncs and runs go on against a simulated organisation; latency from the moment at which each should have been sent. */
export async function runLoad({ accounts, minutes = 1, perSecond = 200 }: LoadOptions): Promise<readonly BenchRow[]> {
  await using cleanUp = new AsyncDisposableStack();
  const database = cleanUp.use(await openBenchDatabase());
  const inventory = await fillInventory(database.pool, accounts);
  const sandbox = cleanUp.use(await startBenchSandbox({ now: `${inventoryToday}T06:00:00Z`, users: Math.min(Math.max(Math.round(accounts * workShare), 200), mostWorkedOn), neverActive: 'nullTimestamp', cachePages: true, rateLimits: { lastActiveDates: null } }));
  const dataFolder = mkdtempSync(join(tmpdir(), 'rollcall-bench-load-'));
  cleanUp.defer(() => { rmSync(dataFolder, { recursive: true, force: true }); });
  const node = cleanUp.use(await startNode(database.connectionString, dataFolder));
  const stop = new AbortController();
  cleanUp.defer(() => { stop.abort(); });
  const client = createClient({ baseUrl: node.url, headers: () => ({ authorization: `Bearer ${node.token}` }) });
  const work = await startWork(client, { ...sandbox, name: 'Under load', requestsPerMinute }, stop.signal);
  const load: Omit<Load, 'perSecond' | 'seconds' | 'onAnswer'> = { url: node.url, token: node.token, cases: mixOf(screenCases(inventory)), signal: stop.signal };
  const carried = await stepUp(load);
  const figures = new Figures();
  const seconds = minutes * 60;
  const memory = sampleMemory(node.pid, database.serverPid, Math.min(5_000, (seconds * 1_000) / 40));
  const server = meterServer(database.serverPid);
  const cpuBefore = cpuOfProcess(node.pid);
  const began = performance.now();
  await sendArrivals({ ...load, perSecond, seconds, onAnswer: (answered) => { figures.note(answered); } });
  const took = (performance.now() - began) / 1_000;
  if (node.hasEnded()) throw new Error(`The node ended under the load: ${node.said()}`);
  const used = memory();
  const rollcall = { seconds: took, cpuSeconds: cpuOfProcess(node.pid) - cpuBefore, peakMiB: used.node.peakMiB, database: server() };
  const [all, ...kinds] = figures.summary();
  const grown = used.node.earlyMiB > 0 && used.node.lateMiB > used.node.earlyMiB * mostGrowth;
  return [
    {
      name: 'load', accounts, ratio: null, floor: null, rollcall,
      promise: `${perSecond} requests/s for ${minutes} min while a sync and a run go on: no error, none refused, memory of the node at most ${mostGrowth} × that after the warm-up`,
      holds: all.failed + all.lost + all.refused === 0 && !grown && work.troubles.length === 0 && work.people > 0,
      notes: [
        latencyWords(all),
        memoryWords('node', used.node),
        memoryWords('database', used.database),
        ...carried,
        `meanwhile ${work.syncs} syncs, ${work.runs} whole runs or undos, ${work.people.toLocaleString('en-US')} people verified${work.troubles.length === 0 ? '' : `; ${work.troubles.join(' ')}`}`,
      ],
    },
    ...kinds.map((kind): BenchRow => ({
      name: `load: ${kind.kind}`, accounts, ratio: null, floor: null, rollcall: null, promise: 'no error, none refused', holds: kind.failed + kind.lost + kind.refused === 0, notes: [latencyWords(kind)],
    })),
  ];
}

/** Each step in words: what was asked, and what came of it. */
async function stepUp(load: Omit<Load, 'perSecond' | 'seconds' | 'onAnswer'>): Promise<readonly string[]> {
  const told: string[] = [];
  for (const perSecond of steps) {
    const figures = new Figures();
    await sendArrivals({ ...load, perSecond, seconds: stepSeconds, onAnswer: (answered) => { figures.note(answered); } });
    const [all] = figures.summary();
    told.push(`${perSecond}/s for ${stepSeconds} s: ${latencyWords(all)}`);
  }
  return told;
}

function latencyWords({ requests, refused, failed, lost, p50, p95, p99, max }: KindFigures): string {
  const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  return `${requests.toLocaleString('en-US')} requests: p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, max ${ms(max)}; ${failed} errors, ${lost} without an answer, ${((100 * refused) / Math.max(requests, 1)).toFixed(2)} % answered 503`;
}

function memoryWords(whose: string, { earlyMiB, lateMiB, peakMiB, slopeMiBPerMinute }: MemoryFigures): string {
  return `memory of the ${whose}: ${earlyMiB.toFixed(0)} MiB after the warm-up, ${lateMiB.toFixed(0)} MiB at the end, peak ${peakMiB.toFixed(0)} MiB; ${slopeMiBPerMinute >= 0 ? '+' : ''}${slopeMiBPerMinute.toFixed(2)} MiB a minute`;
}
