export type * from './budgets.ts';
export * from './memory-budgets.ts';
export * from './pace.ts';
