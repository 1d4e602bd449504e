export { createAdmission, refusalReasons } from './admission.ts';
export type { Admission, KindCounts } from './admission.ts';
export { defaultLimitSettings, requestLimits } from './limits.ts';
export type { LimitSettings } from './limits.ts';
export { watchLoopLag } from './loop-lag.ts';
export { kindOf } from './request-kind.ts';
export { limitSilence } from './limit-silence.ts';
export { takePlace } from './take-place.ts';
