import { ProblemError, routes } from '@rollcall/contract';
import type { CapabilityReport } from './capability-list.tsx';

/** The test that a refused key did not pass, from the answer to the attempt to save it; null when something else went wrong. */
export function refusedReport(error: Error | null): CapabilityReport | null {
  if (!(error instanceof ProblemError) || error.problem.code !== 'keyRefused') return null;
  return routes.sources.test.response.safeParse(error.problem.data?.['report']).data ?? null;
}
