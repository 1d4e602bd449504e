import { join } from 'node:path';
import { statSync } from 'node:fs';
import { sql } from 'kysely';
import { exportedOn, writeUsersExport } from '../data/users-export.ts';
import { openBenchDatabase } from '../harness/bench-database.ts';
import { bestOf } from '../harness/bench-row.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { runWorker } from '../harness/run-worker.ts';
import type { Measured } from '../harness/run-worker.ts';
import { makeImportSource } from './import-source.ts';

const worker = new URL('import.worker.ts', import.meta.url);
const most = 1.5;
const mostMiB = 300;

/** "import": an uploaded export taken into an empty inventory, then a second export with 40 % of the dates changed, each beside its floor. */
export async function runImport({ accounts, rounds = 3 }: { readonly accounts: number; readonly rounds?: number }): Promise<readonly BenchRow[]> {
  await using database = await openBenchDatabase();
  const { connectionString, serverPid, db } = database;
  const csvs = [join(database.folder, 'export-0.csv'), join(database.folder, 'export-1.csv')] as const;
  csvs.forEach((path, edition) => { writeUsersExport({ path, users: accounts, edition, repeats: false }); });
  const source = await makeImportSource(database);
  const { workspaceId, realmId } = source;
  const measured: Record<'first' | 'firstFloor' | 'second' | 'secondFloor', Measured[]> = { first: [], firstFloor: [], second: [], secondFloor: [] };
  const notes: string[] = [];
  const take = async (csv: string, into: Measured[]): Promise<Readonly<Record<string, number>>> => {
    const { syncId, uploadSeconds, previewSeconds } = await source.upload(csv, exportedOn);
    await sql`checkpoint`.execute(db);
    into.push(await runWorker(worker, { kind: 'take', connectionString, syncId }, serverPid));
    if (notes.length === 0) notes.push(`a file of ${(statSync(csv).size / 1e6).toFixed(0)} MB; storing it in the database before it is taken took ${uploadSeconds.toFixed(1)} s, looking through it for its preview ${previewSeconds.toFixed(1)} s; neither is counted`);
    return source.totals(syncId);
  };
  let changed = 0;
  for (let round = 0; round < rounds; round += 1) {
    await source.empty();
    await take(csvs[0], measured.first);
    const tables = await source.dump();
    // A second export comes days later: the database has tidied up after the first by then.
    await sql`vacuum analyze account, access, activity_month, group_member`.execute(db);
    changed = (await take(csvs[1], measured.second))['accessesChanged'] ?? 0;
    const changes = await source.dumpChanges();
    await source.empty();
    await sql`checkpoint`.execute(db);
    const bare = { connectionString, exportedOn, workspaceId, realmId };
    measured.firstFloor.push(await runWorker(worker, { ...bare, kind: 'load', csv: csvs[0], tables }, serverPid));
    await sql`vacuum analyze account, access, activity_month, group_member`.execute(db);
    await sql`checkpoint`.execute(db);
    measured.secondFloor.push(await runWorker(worker, { ...bare, kind: 'refresh', csv: csvs[1], tables: changes }, serverPid));
  }
  const row = (name: string, what: string, floors: readonly Measured[], ours: readonly Measured[], more: readonly string[]): BenchRow => {
    const floor = bestOf(floors);
    const rollcall = bestOf(ours);
    const ratio = rollcall.seconds / floor.seconds;
    return {
      name, accounts, ratio, promise: `at most ${most} × its floor, at most ${mostMiB} MB of the Node process`, holds: ratio <= most && (rollcall.peakMiB * 1.048576) <= mostMiB,
      floor: { what, ...floor }, rollcall, notes: [...more, `the parser alone: ${(floor.facts['parseSeconds'] ?? 0).toFixed(1)} s of the floor`],
    };
  };
  return [
    row('import', 'reading the file with the same parser, then COPY of the same rows into the same tables with their indexes and keys, and the rollup', measured.firstFloor, measured.first, notes),
    row('import, 40 % changed', 'reading the file, COPY of the changed rows into a temporary table, UPDATE … FROM, and the rollup', measured.secondFloor, measured.second, [`${changed.toLocaleString('en-US')} accesses changed`]),
  ];
}
