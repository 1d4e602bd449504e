/** What became of a write whose screen was left before the answer came. */
export interface LateOutcome {
  /** Null: it is done. */
  readonly error: unknown;
  /** The title of the page on which it was begun. */
  readonly screen: string;
}

const listeners = new Set<(outcome: LateOutcome) => void>();

export function tellLateOutcome(outcome: LateOutcome): void {
  for (const listener of listeners) listener(outcome);
}

/** The shell listens and tells. Returns how to stop. */
export function onLateOutcome(listener: (outcome: LateOutcome) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
