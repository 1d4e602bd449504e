import { z } from 'zod';
import { RequestProblem } from '../../app/problem.ts';
import { isDiskFull } from '../../db/index.ts';

/** Why a plan could not be built: a code for screens, and the English sentence that says what to do next. */
export interface PlanProblem {
  readonly code: string;
  readonly text: string;
}

const sentences = {
  diskFull: 'The disk of the database is full; nothing was changed. Free some space, then make the plan again.',
  databaseBusy: 'The database stopped, restarted or was too busy while the plan was built; nothing was changed. Make the plan again.',
  tooLong: 'The database did not finish the plan in the time it is given; nothing was changed. Narrow the query, or make the plan again when less is going on.',
  failed: 'Something went wrong in Rollcall itself; nothing was changed. Make the plan again. If it fails again, the log of the server says why under the id of the plan; please report it.',
} as const;

/** PostgreSQL's states for a shutdown, a lost connection, too many connections, and transactions that got into each other's way. */
const busyStates = new Set(['57P01', '57P02', '57P03', '53300', '40001', '40P01', '55P03', '08000', '08001', '08003', '08006', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE']);
/** query_canceled: only a time limit cancels a statement of the workers. */
const statementCancelled = '57014';

/** What somebody who ordered the plan is told of an error. Words of an error that nobody expected stay in the log: they can quote data. */
export function planProblemOf(error: unknown): PlanProblem {
  if (error instanceof RequestProblem) return { code: error.facts.code, text: error.facts.detail };
  if (isDiskFull(error)) return told('diskFull');
  const state = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (state === statementCancelled) return told('tooLong');
  const isLost = error instanceof Error && error.message.startsWith('Connection terminated');
  return told(isLost || busyStates.has(state) ? 'databaseBusy' : 'failed');
}

function told(code: keyof typeof sentences): PlanProblem {
  return { code, text: sentences[code] };
}

const stored = z.object({ problem: z.object({ code: z.string(), text: z.string() }) });

/** The problem of a failed plan, which stands where the totals of a built one stand. A plan that failed before problems were kept has the general one. */
export function problemOfPlan({ state, totals }: { readonly state: string; readonly totals: unknown }): PlanProblem | null {
  if (state !== 'failed') return null;
  const parsed = stored.safeParse(totals);
  return parsed.success ? parsed.data.problem : told('failed');
}
