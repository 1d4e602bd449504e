/** Virtual time of the sandbox, in epoch milliseconds. */
export type Clock = {
  readonly now: () => number;
  readonly iso: () => string;
  /** Moves virtual time forward. */
  readonly advance: (milliseconds: number) => void;
  /** Sets virtual time; backwards is allowed, to try a clock jump. */
  readonly set: (epochMs: number) => void;
};

/** A clock that starts at `start` and either moves with the real one or stands still until told. */
export function createClock(start: number, mode: 'running' | 'frozen'): Clock {
  const origin = performance.now();
  let offset = 0;
  const elapsed = (): number => (mode === 'running' ? performance.now() - origin : 0);
  const now = (): number => Math.floor(start + offset + elapsed());
  return {
    now,
    iso: () => new Date(now()).toISOString(),
    advance: (milliseconds) => { offset += milliseconds; },
    set: (epochMs) => { offset = epochMs - start - elapsed(); },
  };
}
