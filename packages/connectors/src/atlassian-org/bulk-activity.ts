import type { SendRequest } from '../kit/connector.ts';
import type { Context } from './context.ts';

/** Pipelines (one per sync) through which the user search gave last active times. After a restart it is learnt again, or more is read than needed. */
const giving = new WeakSet<SendRequest>();

export function noteBulkActivity(context: Context): void {
  giving.add(context.request);
}

export function hasBulkActivity(context: Context): boolean {
  return giving.has(context.request);
}
