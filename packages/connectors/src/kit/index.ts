export * from './actions/index.ts';
export * from './budgets/index.ts';
export * from './calls.ts';
export * from './conformance/index.ts';
export * from './connector.ts';
export * from './errors.ts';
export * from './pipeline/index.ts';
export * from './records.ts';
