export * from './create-pipeline.ts';
export { errorKindOf, isUnreachableOrganisation } from './error-kind.ts';
export { readErrorBody } from './error-body.ts';
export * from './options.ts';
export { backOffMs, parseReset, parseRetryAfter } from './retry-timing.ts';
