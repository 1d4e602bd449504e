import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportedOn, writeUsersExport } from '../data/users-export.ts';
import { measureProcess } from './measure-process.ts';
import type { ProcessCost } from './measure-process.ts';

/** One row of the benchmark's results: Rollcall beside its floor, measured in the same run. */
export interface BenchResult {
  readonly name: string;
  readonly accounts: number;
  readonly floor: ProcessCost & { readonly what: string };
  readonly rollcall: ProcessCost;
  readonly ratio: number;
  readonly promise: string;
  readonly holds: boolean;
  readonly notes: readonly string[];
}

const rollcallProgram = fileURLToPath(new URL('rollcall-child.ts', import.meta.url));
const duckdbProgram = fileURLToPath(new URL('duckdb-child.ts', import.meta.url));
const rounds = 3;
const mostMiB = 350;

/**
 * "straight answer": the whole process of `rollcall inactive` against the whole process of DuckDB loading the same export into a database file and
 * answering the same question, in turns, the best of three each. Throws when the two answers differ.
 */
export async function runStraight({ users }: { readonly users: number }): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-straight-'));
  try {
    const exportFile = join(folder, 'export-users.csv');
    writeUsersExport({ path: exportFile, users });
    const megabytes = statSync(exportFile).size / 1_000_000;
    const costs = await inTurns(folder, exportFile);
    const compared = compareAnswers(folder);
    const ratio = costs.rollcall.seconds / costs.toFile.seconds;
    const inMemory = costs.inMemory.seconds;
    return {
      name: 'straight answer',
      accounts: users,
      floor: { what: 'DuckDB: load into a database file, then the same question', ...costs.toFile },
      rollcall: costs.rollcall,
      ratio,
      promise: `no slower than DuckDB loading into a file, the same answer, at most ${mostMiB} MiB`,
      holds: ratio <= 1 && costs.rollcall.peakMiB <= mostMiB,
      notes: [
        `${megabytes.toFixed(0)} MB, ${compared.toLocaleString('en-US')} inactive accounts, the same in both answers`,
        `DuckDB in memory: ${inMemory.toFixed(2)} s, ${costs.inMemory.peakMiB.toFixed(0)} MiB; Rollcall takes ${(costs.rollcall.seconds / inMemory).toFixed(2)} times as long`,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Costs {
  readonly rollcall: ProcessCost;
  readonly toFile: ProcessCost;
  readonly inMemory: ProcessCost;
}

async function inTurns(folder: string, exportFile: string): Promise<Costs> {
  const rollcall: ProcessCost[] = [];
  const toFile: ProcessCost[] = [];
  const inMemory: ProcessCost[] = [];
  const question = [exportFile, '--app', 'jira', '--site', 'acme', '--inactive-for', '90d', '--exported', exportedOn, '--format', 'csv'];
  const ignored = join(folder, 'ignored.txt');
  for (let round = 0; round < rounds; round += 1) {
    const database = join(folder, `users-${round}.duckdb`);
    rollcall.push(await measureProcess(rollcallProgram, question, join(folder, 'rollcall.csv')));
    toFile.push(await measureProcess(duckdbProgram, [database, exportFile, join(folder, 'duckdb.csv')], ignored));
    rmSync(database, { force: true });
    inMemory.push(await measureProcess(duckdbProgram, [':memory:', exportFile, join(folder, 'memory.csv')], ignored));
  }
  return { rollcall: best(rollcall), toFile: best(toFile), inMemory: best(inMemory) };
}

/** The fastest round's times with the highest memory of all rounds. */
function best(costs: readonly ProcessCost[]): ProcessCost {
  const fastest = costs.toSorted((a, b) => a.seconds - b.seconds)[0];
  if (fastest === undefined) throw new Error('Nothing was measured.');
  return { ...fastest, peakMiB: Math.max(...costs.map(({ peakMiB }) => peakMiB)) };
}

/** Compares ids and dates as sets; answers how many there are. */
function compareAnswers(folder: string): number {
  const ours = readFileSync(join(folder, 'rollcall.csv'), 'utf8')
    .split('\r\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => `${line.slice(0, line.indexOf(','))},${/,inactive,([\d-]{10}),/.exec(line)?.[1] ?? ''}`)
    .toSorted();
  for (const name of ['duckdb.csv', 'memory.csv']) {
    const theirs = readFileSync(join(folder, name), 'utf8').split('\n').filter((line) => line !== '').toSorted();
    const different = ours.findIndex((line, index) => line !== theirs[index]);
    if (different !== -1 || ours.length !== theirs.length) {
      throw new Error(`The answers differ: ${ours.length} of Rollcall, ${theirs.length} in ${name}; first at ${ours[different]} / ${theirs[different]}.`);
    }
  }
  return ours.length;
}

if (import.meta.main) {
  const at = process.argv.indexOf('--users');
  const users = at === -1 ? 1_000_000 : Number(process.argv[at + 1]);
  console.log(JSON.stringify(await runStraight({ users }), null, 2));
}
