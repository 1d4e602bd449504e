import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { seededChance } from '../tests/crash/chance.ts';
import { wholeSweep } from '../tests/crash/kills.ts';
import type { Kill } from '../tests/crash/kills.ts';
import { wholeRestoreSweep } from '../tests/crash/restore/restore-kills.ts';
import type { RestoreKill } from '../tests/crash/restore/restore-kills.ts';
import { restoreSweep } from '../tests/crash/restore/restore-sweep.ts';
import type { RestoreSweepReport } from '../tests/crash/restore/restore-sweep.ts';
import { sweep } from '../tests/crash/sweep.ts';
import { kinds } from '../tests/crash/unit.ts';

/** `npm run crash`: the whole crash sweep. Writes result.json and restore-result.json into tests/crash; how to read them stands in tests/crash/README.md. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** Kills at any moment, for each kind of work. */
    random: { type: 'string', default: '30' },
    /** Only each nth of the kills at commits (1: all). */
    each: { type: 'string', default: '1' },
    /** `server`: the work of the node. `restore`: restores. */
    part: { type: 'string' },
    /** The folder of the results. */
    output: { type: 'string', default: new URL('../tests/crash', import.meta.url).pathname },
  },
});
const seed = wholeNumber(values.seed);
const random = wholeNumber(values.random);
const each = Math.max(wholeNumber(values.each), 1);
if (values.part !== undefined && values.part !== 'server' && values.part !== 'restore') throw new Error(`${values.part} is no part of the sweep: --part takes server or restore.`);

let began = Date.now();
const log = (line: string): void => { process.stdout.write(`${((Date.now() - began) / 1_000).toFixed(1)} s  ${line}\n`); };
if (values.part !== 'restore') {
  const all = wholeSweep(random, seededChance(seed));
  const kills = chosen(all);
  const report = await sweep({ kills, places: 8, users: 90, seed, log });
  const more = { byKind: Object.fromEntries(kinds.map((kind) => [kind, pointsOf(report.fell.filter((one) => one.kind === kind))])), piecesOfWork: report.units, effects: report.effects, auditEvents: report.auditEvents };
  await conclude('result.json', report, kills, all, more);
}
began = Date.now();
if (values.part !== 'server') {
  const all = wholeRestoreSweep(random, seededChance(seed));
  const kills = chosen(all);
  const report = await restoreSweep({ kills, users: 90, seed, log });
  await conclude('restore-result.json', report, kills, all, { byPoint: pointsOf(report.fell), tookEffect: report.tookEffect });
}

function chosen<K extends Kill | RestoreKill>(list: readonly K[]): readonly K[] {
  return list.filter((kill, n) => !('point' in kill.when) || n % each === seed % each);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${text} is no whole number: --seed, --random and --each take one.`);
  return number;
}

async function conclude(file: string, done: Pick<RestoreSweepReport, 'missed' | 'violations'> & { readonly fell: readonly Fell[] }, asked: readonly (Kill | RestoreKill)[], all: readonly (Kill | RestoreKill)[], more: object): Promise<void> {
  const enumerated = (list: readonly (Kill | RestoreKill)[]): number => list.filter((kill) => 'point' in kill.when).length;
  const result = {
    seed,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: { processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), memoryGb: Math.round(totalmem() / 1024 ** 3), node: process.version },
    seconds: Math.round((Date.now() - began) / 1_000),
    killsAtCommits: { asked: enumerated(asked), ofAll: enumerated(all) },
    randomKillsPerKind: random,
    kills: done.fell.length,
    withDatabase: done.fell.filter((one) => one.withDatabase).length,
    ...more,
    notMet: done.missed,
    violations: done.violations,
  };
  const path = `${values.output}/${file}`;
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`);
  for (const line of [...done.violations, ...done.missed.map((one) => `not met: ${one}`)]) process.stdout.write(`${line}\n`);
  process.stdout.write(`${done.fell.length} kills, ${done.violations.length} violations. ${path}\n`);
  if (done.violations.length > 0 || done.missed.length > 0) process.exitCode = 1;
}

interface Fell {
  readonly point: string;
  readonly side: 'before' | 'after' | null;
  readonly withDatabase: boolean;
}

/** How many kills fell at each point, before and after, and at any moment. */
function pointsOf(fell: readonly Fell[]): Record<string, string | number> {
  const byPoint = Map.groupBy(fell, (one) => one.point);
  return Object.fromEntries([...byPoint].map(([point, some]) => [point, point === 'random' ? some.length : `${some.filter((one) => one.side === 'before').length} before, ${some.filter((one) => one.side === 'after').length} after`]));
}
