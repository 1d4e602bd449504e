/** What came of a step, counted the way the last line of `npm test` counts. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Shown under the step when something failed or was skipped: the tool's own words, or the reason. */
  readonly detail?: string;
}

/** One part of `npm test`. */
export interface Step {
  /** The word after `--only` or `--project`. */
  readonly name: string;
  readonly title: string;
  /** `patterns` narrows test files by a part of their path; steps that are not about test files ignore it. */
  readonly run: (patterns: readonly string[]) => Promise<Outcome>;
  /** False for checks of the whole repository, which a pattern of test files leaves out. */
  readonly takesPatterns: boolean;
}

export const failedOnce = (detail: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, detail });
export const skippedOnce = (reason: string): Outcome => ({ passed: 0, failed: 0, skipped: 1, detail: `skipped: ${reason}` });
