/**
 * How a command ends. Scripts rely on these numbers: add, never change.
 *
 * | code | meaning |
 * |---|---|
 * | 0 | done |
 * | 1 | failed |
 * | 2 | wrong usage, or a file or value that cannot be taken |
 * | 3 | refused by a guard (cap, canary, stale data, pause, approval) |
 * | 4 | done in part: some rows failed or are uncertain |
 * | 5 | the server cannot be reached |
 * | 6 | not permitted |
 */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  partial: 4,
  unreachable: 5,
  notPermitted: 6,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
