export * from './calls.ts';
export * from './connector.ts';
export * from './errors.ts';
export * from './records.ts';
