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
import type { SweepReport } from '../tests/crash/sweep.ts';
import { kinds } from '../tests/crash/unit.ts';

/** `npm run crash`: the whole crash sweep. Writes tests/crash/result.json; how to read it stands in tests/crash/README.md. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** Kills at any moment, for each kind of work. */
    random: { type: 'string', default: '30' },
    /** Only each nth of the kills at commits (1: all). */
    each: { type: 'string', default: '1' },
    output: { type: 'string', default: new URL('../tests/crash/result.json', import.meta.url).pathname },
  },
});
const seed = wholeNumber(values.seed);
const random = wholeNumber(values.random);
const each = Math.max(wholeNumber(values.each), 1);

const began = Date.now();
const chance = seededChance(seed);
const [all, allRestores] = [wholeSweep(random, chance), wholeRestoreSweep(random, chance)];
const [kills, restoreKills] = [chosen(all), chosen(allRestores)];
const log = (line: string): void => { process.stdout.write(`${((Date.now() - began) / 1_000).toFixed(1)} s  ${line}\n`); };
const report = await sweep({ kills, places: 8, users: 90, seed, log });
const restores = await restoreSweep({ kills: restoreKills, users: 90, seed, log });
const [violations, missed] = [[...report.violations, ...restores.violations], [...report.missed, ...restores.missed]];
await writeFile(values.output, `${JSON.stringify(resultOf(report, restores), null, 2)}\n`);
for (const line of [...violations, ...missed.map((one) => `not met: ${one}`)]) process.stdout.write(`${line}\n`);
process.stdout.write(`${report.fell.length + restores.fell.length} kills, ${report.effects.seen} of ${report.effects.intended} effects, ${violations.length} violations. ${values.output}\n`);
process.exitCode = violations.length > 0 || missed.length > 0 ? 1 : 0;

function chosen<K extends Kill | RestoreKill>(list: readonly K[]): readonly K[] {
  return list.filter((kill, n) => 'afterMs' in kill.when || n % each === seed % each);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${text} is no whole number: --seed, --random and --each take one.`);
  return number;
}

function resultOf(done: SweepReport, restored: RestoreSweepReport) {
  const fell: readonly Fell[] = [...done.fell, ...restored.fell.map((one) => ({ kind: 'restore', ...one }))];
  const enumerated = (list: readonly (Kill | RestoreKill)[]): number => list.filter((kill) => 'point' in kill.when).length;
  return {
    seed,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: { processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), memoryGb: Math.round(totalmem() / 1024 ** 3), node: process.version },
    seconds: Math.round((Date.now() - began) / 1_000),
    killsAtCommits: { asked: enumerated([...kills, ...restoreKills]), ofAll: enumerated([...all, ...allRestores]) },
    randomKillsPerKind: random,
    kills: fell.length,
    withDatabase: fell.filter((one) => one.withDatabase).length,
    byKind: Object.fromEntries([...kinds, 'restore'].map((kind) => [kind, pointsOf(fell, kind)])),
    piecesOfWork: done.units + restored.fell.length,
    restoresThatTookEffect: restored.tookEffect,
    effects: done.effects,
    auditEvents: done.auditEvents,
    notMet: missed,
    violations,
  };
}

interface Fell {
  readonly kind: string;
  readonly point: string;
  readonly side: 'before' | 'after' | null;
  readonly withDatabase: boolean;
}

/** How many kills fell at each point of a kind, `before/after`, and at any moment. */
function pointsOf(fell: readonly Fell[], kind: string): Record<string, string | number> {
  const ofKind = fell.filter((one) => one.kind === kind);
  const byPoint = Map.groupBy(ofKind, (one) => one.point);
  return Object.fromEntries([...byPoint].map(([point, some]) => [point, point === 'random' ? some.length : `${some.filter((one) => one.side === 'before').length} before, ${some.filter((one) => one.side === 'after').length} after`]));
}
