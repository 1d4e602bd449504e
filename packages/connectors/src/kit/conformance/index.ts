export * from './conformance-problems.ts';
export * from './walk-steps.ts';
