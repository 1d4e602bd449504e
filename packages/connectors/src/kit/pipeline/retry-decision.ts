import type { Lane, VendorRequest } from '../connector.ts';
import type { VendorErrorFacts } from '../errors.ts';
import { longestWaitMs, mostRetries } from './options.ts';
import { backOffMs } from './retry-timing.ts';

export type RetryDecision = { readonly waitMs: number } | { readonly give: VendorErrorFacts };

/**
 * Whether a failed sending is repeated. Only `rateLimited` and `transient` are; a write only when the vendor surely did nothing.
 * The wait is what the vendor asks for, else a back-off; one that is longer than the lane waits comes out as `rateLimited(retryAt)`.
 */
export function decideRetry(error: VendorErrorFacts, request: VendorRequest, lane: Lane, attempt: number, now: Date, random: () => number): RetryDecision {
  if (error.kind !== 'rateLimited' && error.kind !== 'transient') return { give: error };
  if (request.write && !error.surelyWithoutEffect) return { give: error };
  const asked = error.retryAt === null ? 0 : error.retryAt.getTime() - now.getTime();
  const waitMs = error.retryAt === null ? backOffMs(attempt, random) : Math.max(asked, 0);
  const retryAt = new Date(now.getTime() + waitMs);
  const limited: VendorErrorFacts = { ...error, kind: 'rateLimited', retryAt };
  if (error.retryAt !== null && waitMs > longestWaitMs[lane]) return { give: limited };
  if (attempt > mostRetries[lane]) return { give: error.kind === 'rateLimited' ? limited : error };
  return { waitMs };
}
