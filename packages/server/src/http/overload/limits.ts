import type { RequestKind } from './request-kind.ts';

/** How many requests of a kind may be in work and wait for it on this node, and for how long. */
export interface KindLimits {
  readonly inWork: number;
  readonly waiting: number;
  readonly waitMs: number;
  /** Seconds after which whoever was refused may come again; up to as many again are added, so that not all come at once. */
  readonly retryAfterSeconds: number;
}
export type RequestLimits = Readonly<Record<RequestKind, KindLimits>>;

export interface LimitSettings {
  /** Light requests in work at once. */
  readonly requestsAtOnce: number;
  /** Light requests that wait at most. */
  readonly requestsWaiting: number;
  readonly eventStreams: number;
}

/**
 * The limits of every kind from three numbers. A fifth of the requests at once may be heavy, so that counts never keep pages from being read, and two fifths
 * slow ones. Somebody who waits for a page gives up after a few seconds: waiting longer would only do work for nobody.
 */
export function requestLimits({ requestsAtOnce, requestsWaiting, eventStreams }: LimitSettings): RequestLimits {
  const part = (whole: number, share: number): number => Math.max(1, Math.ceil(whole * share));
  return {
    light: { inWork: requestsAtOnce, waiting: requestsWaiting, waitMs: 5_000, retryAfterSeconds: 1 },
    heavy: { inWork: part(requestsAtOnce, 0.2), waiting: part(requestsWaiting, 0.2), waitMs: 10_000, retryAfterSeconds: 2 },
    slow: { inWork: part(requestsAtOnce, 0.4), waiting: part(requestsWaiting, 0.1), waitMs: 10_000, retryAfterSeconds: 5 },
    signIn: { inWork: part(requestsAtOnce, 0.2), waiting: part(requestsWaiting, 0.2), waitMs: 10_000, retryAfterSeconds: 2 },
    events: { inWork: eventStreams, waiting: 0, waitMs: 0, retryAfterSeconds: 5 },
  };
}

/** What a node of the reference machine (2 cores, 4 GB) bears. */
export const defaultLimitSettings: LimitSettings = { requestsAtOnce: 20, requestsWaiting: 400, eventStreams: 200 };
