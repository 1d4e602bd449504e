/** The closed list of what can go wrong at a vendor. The kind decides what the engine does (design.md section 8). */
export const errorKinds = [
  'rateLimited', // wait until retryAt, then try again
  'transient', // try again soon: 5xx, reset, timeout, body that is not what it should be
  'auth', // the key is wrong, expired or revoked
  'scope', // the key lacks a scope
  'forbidden', // the vendor refuses this to this key
  'notFound', // the account, group or organisation is not there
  'rejected', // the vendor refuses this change and says why
  'quota', // a licence or user limit is in the way
  'unsupported', // the vendor has no such operation here
  'managedByIdp', // an identity provider owns it
  'drifted', // what is there is not what was planned
  'bug', // our own mistake: the vendor calls the request malformed
] as const;
export type ErrorKind = (typeof errorKinds)[number];

export interface VendorErrorFacts {
  readonly kind: ErrorKind;
  /** The logical operation: `users.search`, `memberships.delete`. */
  readonly operation: string;
  readonly status: number | null;
  readonly code: string | null;
  /** The vendor's own words, without secrets; bounded to 500 characters. */
  readonly message: string;
  readonly retryAt: Date | null;
  /** False when the request can have taken effect all the same (a lost answer to a write). */
  readonly surelyWithoutEffect: boolean;
}

export class VendorError extends Error {
  readonly facts: VendorErrorFacts;
  constructor(facts: VendorErrorFacts, options?: ErrorOptions) {
    super(`${facts.operation}: ${facts.message}`, options);
    this.name = 'VendorError';
    this.facts = facts;
  }
}
