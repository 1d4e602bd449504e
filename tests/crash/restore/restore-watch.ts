import { writeSync } from 'node:fs';
import pg from 'pg';
import { watchCommits } from '../commit-watch.ts';
import { restoreReport, restoreStop } from './restore-report.ts';
import type { RestoreReport } from './restore-report.ts';

/**
 * Loaded before the real command line (`node --import`): tells over a pipe which writes of `rollcall restore` become permanent, and makes the process stand still at the one that it
 * is told to, before the COMMIT is sent or after the database has confirmed it. Nothing of the program is changed.
 */
const reports = 3;
const stop = restoreStop.parse(JSON.parse(process.env['CRASH_STOP'] ?? 'null'));
let made = 0;

watchCommits(({ side, pool }) => {
  if (pool !== 'rollcall restore') return;
  if (side === 'before') made += 1;
  if (side === 'after') tell({ committed: made });
  if (stop === null || stop.side !== side || stop.nth !== made) return;
  tell({ reached: { side, nth: made } });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});

let begun = false;
const query: unknown = Reflect.get(pg.Client.prototype, 'query');
if (typeof query !== 'function') throw new TypeError('pg is not what it was: its client has changed.');
Reflect.set(pg.Client.prototype, 'query', function watched(this: pg.Client, ...given: unknown[]): unknown {
  if (!begun && typeof given[0] === 'string' && /create schema/iu.test(given[0])) {
    begun = true;
    tell({ begun });
  }
  const answer: unknown = Reflect.apply(query, this, given);
  return answer;
});

function tell(report: RestoreReport): void {
  // Written at once, also by a process that stands still a moment later.
  writeSync(reports, `${JSON.stringify(restoreReport.parse(report))}\n`);
}
