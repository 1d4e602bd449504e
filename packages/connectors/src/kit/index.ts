export * from './budgets/index.ts';
export * from './calls.ts';
export * from './connector.ts';
export * from './errors.ts';
export * from './pipeline/index.ts';
export * from './records.ts';
