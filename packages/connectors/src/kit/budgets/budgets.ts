import type { Lane } from '../connector.ts';

/** `allowed` requests in any `windowSeconds`: what the vendor says, or what we start from where it says nothing. */
export interface RateLimit {
  readonly allowed: number;
  readonly windowSeconds: number;
}

export interface PermitRequest extends RateLimit {
  /** Whose limit it is: vendor host and organisation. */
  readonly tenant: string;
  /** Endpoint group: requests of one group share one limit. */
  readonly group: string;
  readonly lane: Lane;
  /** Has asked before, and waited as it was told. */
  readonly waited?: boolean;
}

/** `retryAt`: the earliest moment at which asking again can succeed; nothing is reserved. */
export type Permit = { readonly grantedAt: Date } | { readonly retryAt: Date };

/**
 * Permits of a vendor's rate limit, shared by every kind of call (and, on the server, by every node). A permit that was granted
 * is spent, whether the request is sent or not.
 */
export interface Budgets {
  acquire(request: PermitRequest): Promise<Permit>;
  /** The vendor refused: nobody asks before `until`. An earlier `until` than the one that stands changes nothing. */
  cool(scope: { readonly tenant: string; readonly group: string; readonly until: Date }): Promise<void>;
}
