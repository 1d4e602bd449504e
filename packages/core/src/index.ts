export * from './apps.ts';
export * from './audit/index.ts';
export * from './civil-date.ts';
export * from './ids.ts';
export * from './last-active.ts';
export * from './period.ts';
export * from './query/index.ts';
export * from './usage.ts';
