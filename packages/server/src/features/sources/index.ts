export { nameTaken } from './name-taken.ts';
export { readSourceHealth } from './read-sources.ts';
export type { SourceDto } from './read-sources.ts';
export { sourceHandlers } from './routes.ts';
export type { SourceDependencies } from './source-dependencies.ts';
export type { SourceHealth } from './source-health.ts';
