import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@rollcall/contract';
import { apiJob } from '../harness/api-job.ts';
import type { ApiJob, ConnectedTo } from '../harness/api-job.ts';

/** What went on beside the requests, told as counts. */
export interface WorkDone {
  syncs: number;
  runs: number;
  /** People of runs that were verified or put back. */
  people: number;
  /** Why work ended otherwise than it should, the first few. */
  readonly troubles: string[];
}

const nobodyLeftMs = 1_000;
/** One after the other: whoever was given access back is not inactive any more. */
const queries = ['acme', 'acme-labs'].flatMap((site) => ['jira', 'confluence', 'jira-servicemanagement'].map((app) => `app = ${app} AND site = ${site} AND usage IN (inactive, never) AND status = active`));

/** Connects the simulated organisation and reads it once; then syncs, and runs with their undoing, follow each other until `signal` is aborted. */
export async function startWork(client: Client, organisation: ConnectedTo, signal: AbortSignal): Promise<WorkDone> {
  const job = apiJob(client, signal);
  const sourceId = await job.connect(organisation);
  const done: WorkDone = { syncs: 0, runs: 0, people: 0, troubles: [] };
  const syncOnce = async (): Promise<void> => {
    await job.sync(sourceId);
    done.syncs += 1;
  };
  await syncOnce();
  void goOn(done, signal, syncOnce);
  let turn = 0;
  void goOn(done, signal, async () => {
    const plan = await job.plan(sourceId, queries[turn++ % queries.length] ?? '');
    if ((plan.totals?.act ?? 0) === 0) {
      await wait(nobodyLeftMs, undefined, { signal });
      return;
    }
    const run = await runOnce(job, plan, done);
    await runOnce(job, await job.undo(run), done);
  });
  return done;
}

async function runOnce(job: ApiJob, plan: Parameters<ApiJob['run']>[0], done: WorkDone): Promise<string> {
  const run = await job.run(plan, (people) => { done.people += people; });
  done.runs += 1;
  return run;
}

/** Again and again. What goes wrong is noted, and tried again after a while: the load must not end because of it. */
async function goOn(done: WorkDone, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) return;
      if (done.troubles.length < 5) done.troubles.push(error instanceof Error ? error.message : 'unknown');
      await wait(5_000, undefined, { signal }).catch(() => undefined);
    }
  }
}
