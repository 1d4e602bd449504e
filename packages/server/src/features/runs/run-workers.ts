import { atCommit } from '../../app/commit-points.ts';
import type { Jobs } from '../../jobs/index.ts';
import { workOnRun } from './engine/index.ts';
import type { RunDependencies } from './engine/index.ts';
import { wakeRuns } from './run-commands.ts';
import { settleOwed } from './owed-inventory.ts';
import { runQueue } from './run-queue.ts';

export interface RunWorkerDependencies extends RunDependencies {
  readonly jobs: Jobs;
}

/** Starts the workers of this node and wakes what a dead node left. `every` is how often open runs are looked for. */
export async function startRunWorkers(deps: RunWorkerDependencies, signal: AbortSignal, options: { readonly workers?: number; readonly lookEveryMs?: number } = {}): Promise<void> {
  await deps.jobs.work(runQueue, ({ sourceId }, job) => workOnSource(deps, sourceId, job.signal), { workers: options.workers ?? 4 });
  await atCommit(deps, 'run.woken', () => wakeRuns(deps.jobs, deps.db));
  let settling = Promise.resolve();
  const timer = setInterval(() => {
    settling = settling.then(() => settleOwed(deps)).catch((error: unknown) => { deps.log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'What runs changed during a reading could not be brought to the inventory; the next try is in a few seconds.'); });
    atCommit(deps, 'run.woken', () => wakeRuns(deps.jobs, deps.db)).catch((error: unknown) => deps.log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'Open runs could not be looked for; the next look is in a few seconds.'));
  }, options.lookEveryMs ?? 10_000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Works on the open runs of a source, what gives back first. */
async function workOnSource(deps: RunWorkerDependencies, sourceId: string, signal: AbortSignal): Promise<void> {
  const waiting = new Set<string>();
  for (;;) {
    signal.throwIfAborted();
    const run = await deps.db
      .selectFrom('run')
      .innerJoin('workspace', 'workspace.id', 'run.workspace_id')
      .where('run.source_id', '=', sourceId)
      .where('run.state', 'in', ['queued', 'running', 'cancelling'])
      .where('workspace.paused_at', 'is', null)
      .$if(waiting.size > 0, (query) => query.where('run.id', 'not in', [...waiting]))
      .orderBy((eb) => eb.case().when('run.undo_of', 'is', null).then(1).else(0).end())
      .orderBy('run.queued_at')
      .select('run.id')
      .executeTakeFirst();
    if (run === undefined) return;
    const wakeAt = await workOnRun(deps, run.id, signal);
    waiting.add(run.id);
    if (wakeAt !== null) await atCommit(deps, 'run.waits', () => deps.jobs.enqueue(deps.db, runQueue, { sourceId }, { key: sourceId, startAfter: wakeAt }));
  }
}
