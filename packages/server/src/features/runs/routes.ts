import { routes } from '@rollcall/contract';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scope } from '../../app/scope.ts';
import { handler } from '../../http/handler.ts';
import type { Handler } from '../../http/handler.ts';
import { orderUndo, readPlan } from '../plans/index.ts';
import { applyPlan } from './apply-plan.ts';
import { recheckItem } from './recheck-item.ts';
import type { RecheckDependencies } from './recheck-item.ts';
import { cancelRun, hideRuns, pauseRun, resumeRun, settleByHand } from './run-commands.ts';
import { listRunItems, readRunItem, runFile } from './run-items.ts';
import { listRuns, readRun } from './run-read-model.ts';
import type { RunDto } from './run-read-model.ts';

const atTheEnd = new Set<RunDto['state']>(['done', 'cancelled', 'stopped', 'paused']);

/** Applying plans, and everything about runs. Each first shows that the asker may see the run. */
export function runHandlers(deps: RecheckDependencies): readonly Handler[] {
  const { db } = deps;
  const read = (scope: Scope, runId: string): Promise<RunDto> => readRun(db, scope, runId);
  const changed = async (scope: Scope, runId: string, change: () => Promise<void>): Promise<RunDto> => {
    await read(scope, runId);
    await change();
    return read(scope, runId);
  };
  return [
    handler(routes.plans.apply, async ({ scope, params, body }) => read(scope, await applyPlan(deps, scope, params.planId, body))),
    handler(routes.runs.list, ({ scope, query }) => listRuns(db, scope, query)),
    handler(routes.runs.get, ({ scope, params }) => read(scope, params.runId)),
    handler(routes.runs.events, async ({ scope, params, signal }) => follow(() => read(scope, params.runId), signal)),
    handler(routes.runs.items, async ({ scope, params, query }) => {
      await read(scope, params.runId);
      return listRunItems(db, params.runId, query);
    }),
    handler(routes.runs.item, async ({ scope, params }) => {
      await read(scope, params.runId);
      return readRunItem(db, params.runId, params.itemId);
    }),
    handler(routes.runs.pause, ({ scope, params }) => changed(scope, params.runId, () => pauseRun(deps, scope, params.runId))),
    handler(routes.runs.resume, ({ scope, params }) => changed(scope, params.runId, () => resumeRun(deps, scope, params.runId))),
    handler(routes.runs.cancel, ({ scope, params }) => changed(scope, params.runId, () => cancelRun(deps, scope, params.runId))),
    handler(routes.runs.recheck, async ({ scope, params, signal }) => {
      await read(scope, params.runId);
      await recheckItem(deps, scope, params.runId, params.itemId, signal);
      return readRunItem(db, params.runId, params.itemId);
    }),
    handler(routes.runs.settle, async ({ scope, params, body }) => {
      await read(scope, params.runId);
      await settleByHand(deps, scope, params.runId, params.itemId, body.as, body.note);
      return readRunItem(db, params.runId, params.itemId);
    }),
    handler(routes.runs.undo, async ({ scope, params }) => {
      await read(scope, params.runId);
      return readPlan(db, scope, await orderUndo(deps, scope, params.runId), deps.now());
    }),
    handler(routes.runs.download, async ({ scope, params }) => {
      await read(scope, params.runId);
      return runFile(db, params.runId);
    }),
    handler(routes.runs.hide, async ({ scope, body }) => {
      await hideRuns(deps, scope, body.runIds);
      return undefined;
    }),
  ];
}

/** A run while it goes on: its state twice a second when it differs, until its end or a pause. */
async function* follow(read: () => Promise<RunDto>, signal: AbortSignal): AsyncGenerator<RunDto> {
  let last = '';
  for (;;) {
    const run = await read();
    const text = JSON.stringify(run);
    if (text !== last) yield run;
    last = text;
    if (atTheEnd.has(run.state) || signal.aborted) return;
    await wait(500, undefined, { signal });
  }
}
