import { jobCounts } from './job-counts.ts';
import { oldestWork } from './oldest-work.ts';
import { rateBudgets } from './rate-budgets.ts';
import type { MakeReading } from './reading.ts';
import { sources } from './sources.ts';
import { workStates } from './work-states.ts';
import { workspaces } from './workspaces.ts';

/** Everything that /metrics asks the database. */
export const readings: readonly MakeReading[] = [workStates, oldestWork, sources, jobCounts, rateBudgets, workspaces];
