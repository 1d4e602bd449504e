export { createMetrics } from './create-metrics.ts';
export type { Metrics } from './create-metrics.ts';
export { createReadiness } from './readiness.ts';
