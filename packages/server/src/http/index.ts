export { createHttpServer } from './create-http-server.ts';
export { handler, type Handler } from './handler.ts';
export { forgetOldKeys } from './idempotency.ts';
export type { CheckReadiness, Unready } from './health.ts';
export { createAdmission, defaultLimitSettings, refusalReasons, requestLimits, watchLoopLag, type Admission, type KindCounts, type LimitSettings } from './overload/index.ts';
export type { MetricsPage } from './metrics-page.ts';
