export { inactiveCommand } from './command.ts';
export { runInactive } from './run-inactive.ts';
export type { InactiveQuestion } from './question.ts';
export { UsageError } from './usage-error.ts';
