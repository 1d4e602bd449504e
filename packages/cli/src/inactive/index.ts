export { inactiveCommand } from './command.ts';
export { answerInactive, runInactive } from './run-inactive.ts';
export type { InactiveOutputs } from './run-inactive.ts';
export type { InactiveAnswer, InactiveSummary, ListedAccess } from './inactive-answer.ts';
export type { AskedStatus, InactiveQuestion, OutputFormat } from './question.ts';
export { UsageError } from './usage-error.ts';
