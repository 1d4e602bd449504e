/** One request to a vendor. */
export interface VendorRequestFacts {
  /** The logical operation, of a closed list: `users.search`. */
  readonly operation: string;
  readonly lane: string;
  /** `ok`, or the kind of error. */
  readonly outcome: string;
  readonly milliseconds: number;
}

/** Counts of work, for the metrics of this node. Nothing here names anybody. */
export interface WorkCounters {
  vendorRequest(facts: VendorRequestFacts): void;
  /** A person of a run came to an end: a state and a reason of closed lists. */
  runItemEnded(outcome: string, reason: string | null): void;
}
