import type { ProgramResult } from './run-program.ts';
import type { Step } from './step.ts';
import { failedOnce } from './step.ts';

/** A check that passes or fails as a whole and counts as one test. */
export function wholeRepositoryStep(name: string, title: string, check: () => Promise<ProgramResult>): Step {
  return {
    name,
    title,
    takesPatterns: false,
    run: async () => {
      const { succeeded, output } = await check();
      return succeeded ? { passed: 1, failed: 0, skipped: 0 } : failedOnce(output.trim());
    },
  };
}
