import { routes } from '@rollcall/contract';
import { follow } from '../connection/follow.ts';
import type { Session } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Run } from '../names/find-plan.ts';
import { nextSteps, runProgress, runText } from './run-text.ts';

const over = new Set<Run['state']>(['done', 'cancelled', 'stopped', 'paused']);

/** Waits for the end of a run (or its pause, after a pilot), with progress; answers it and sets the exit code by how it ended. */
export async function watchRun(session: Session, run: Run): Promise<void> {
  const progress = session.progress();
  let last: Run;
  try {
    last = await follow(
      { client: session.client, events: routes.runs.events, get: routes.runs.get, input: { params: { runId: run.id } }, signal: session.terminal.signal },
      ({ state }) => over.has(state),
      (state) => { progress.show(runProgress(state)); },
    );
  } finally {
    progress.end();
  }
  answerRun(session, last);
}

/** Prints a run, what can be done next, and ends with 4 when a row failed or is uncertain, 1 when it was stopped. */
export function answerRun(session: Session, run: Run): void {
  session.answer(run, () => runText(run, session));
  const next = nextSteps(run);
  if (next !== '') session.note(next);
  if (run.totals.failed + run.totals.uncertain > 0) session.end(exitCodes.partial);
  else if (run.state === 'stopped' || run.state === 'cancelled') session.end(exitCodes.failed);
}
