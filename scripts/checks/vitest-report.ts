import { z } from 'zod';
import type { Outcome } from './step.ts';

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/**
 * Counts a report. A file that broke outside its tests (an import, a hook) is one failure, and so is a run that ended badly
 * while no test says why (an unhandled rejection), or one that found no test where there should be some.
 */
export function outcomeOfReport(json: string, endedWell: boolean, mayBeEmpty: boolean): Outcome {
  const report = reportSchema.parse(JSON.parse(json));
  const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length;
  const ran = report.numPassedTests + report.numFailedTests + brokenFiles;
  const skipped = report.numPendingTests + report.numTodoTests;
  let failed = report.numFailedTests + brokenFiles;
  if (failed === 0 && (!endedWell || (ran + skipped === 0 && !mayBeEmpty))) failed = 1;
  return { passed: report.numPassedTests, failed, skipped };
}
