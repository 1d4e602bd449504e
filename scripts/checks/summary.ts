import type { Outcome } from './step.ts';

export function total(outcomes: readonly Outcome[]): Outcome {
  const sum = (count: (outcome: Outcome) => number): number => outcomes.reduce((before, outcome) => before + count(outcome), 0);
  return { passed: sum((one) => one.passed), failed: sum((one) => one.failed), skipped: sum((one) => one.skipped) };
}

/** The last line of the output, which machines read: `N passed, N failed` and, when there are any, `, N skipped`. */
export function lastLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A run in which nothing was tested has not succeeded. */
export function succeeded({ passed, failed }: Outcome): boolean {
  return failed === 0 && passed > 0;
}
