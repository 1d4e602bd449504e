import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '@rollcall/contract';
import { readKey, useRead, useRouteEvents } from '../../api/index.ts';
import { isMoving, isOver } from './is-over.ts';
import type { Run } from './is-over.ts';

/** What a finished run has changed for other screens. */
const changed = [routes.inventory.page, routes.inventory.totals, routes.inventory.count, routes.inventory.account];

/** How often a run without a stream is looked at: somebody else may resume a paused one. More often while it finishes the people it was at. */
const refreshMs = { standing: 2_000, finishing: 500 } as const;

/** The server ends the stream at a pause and at the end. */
function isLast(run: Run): boolean {
  return run.state === 'paused' || isOver(run);
}

/** A run: by events while it goes on, looked at again and again while it is paused or the stream is broken, read once when it is over. */
export function useRun(runId: string): { readonly run: Run | null; readonly error: Error | null } {
  const queries = useQueryClient();
  const input = { params: { runId } };
  const { data, error } = useRead(routes.runs.get, input);
  const isGoing = data !== undefined && !isLast(data);
  const { latest, state } = useRouteEvents(routes.runs.events, isGoing ? input : null, isLast);
  useRead(routes.runs.get, input, { isEnabled: data?.state === 'paused' || (isGoing && state === 'closed'), refreshMs: data?.state === 'paused' && isMoving(data) ? refreshMs.finishing : refreshMs.standing });
  useEffect(() => {
    if (latest?.id === runId) queries.setQueryData(readKey(routes.runs.get, { params: { runId } }), latest);
  }, [latest, queries, runId]);
  const hasEnded = data !== undefined && isOver(data);
  useEffect(() => {
    if (hasEnded) for (const { path } of changed) void queries.invalidateQueries({ queryKey: [path] });
  }, [hasEnded, queries]);
  return { run: data ?? null, error };
}
