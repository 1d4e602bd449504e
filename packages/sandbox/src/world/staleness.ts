/**
 * Delayed consistency: the values that reads still show some time after a write. A key names one bit of state
 * (`member <group> <index>`); while its time runs, reads get the old value.
 */
export type Staleness = {
  /** Keeps showing `old` for `forMs` more; an older value that is still shown stays. */
  remember(key: string, old: number, forMs: number): void;
  /** The value a read shows. The key is a function so that it costs nothing while nothing is delayed. */
  shown(key: () => string, actual: number): number;
};

/** No entry outlives its time; `now` is virtual. */
export function createStaleness(now: () => number): Staleness {
  const kept = new Map<string, { readonly old: number; readonly until: number }>();
  const live = (key: string): { readonly old: number; readonly until: number } | undefined => {
    const entry = kept.get(key);
    if (entry === undefined || now() < entry.until) return entry;
    kept.delete(key);
    return undefined;
  };
  return {
    remember(key, old, forMs) {
      if (forMs > 0) kept.set(key, { old: live(key)?.old ?? old, until: now() + forMs });
    },
    shown: (key, actual) => (kept.size === 0 ? actual : (live(key())?.old ?? actual)),
  };
}
