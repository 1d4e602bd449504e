export * from './action-problems.ts';
export * from './define-action.ts';
