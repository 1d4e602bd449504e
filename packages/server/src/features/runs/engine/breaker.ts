import type { ItemEnd } from './run-record.ts';

/** Stops a run when this share, in percent, of the last so many people failed in one way. */
export interface BreakerSettings {
  readonly people: number;
  readonly percent: number;
}

/** What stopped the run: `kind` is the reason that the rows share, or `mixed`. `waits`: nobody has failed yet, the vendor does not answer. */
export interface Trip {
  readonly kind: string;
  readonly failures: number;
  readonly of: number;
  readonly waits: boolean;
}

/** Looks at the ends of people one after the other. Made anew when a run is taken up or resumed: what was before is looked at by people. */
export class Breaker {
  readonly #settings: BreakerSettings;
  readonly #recent: (ItemEnd | null)[] = [];

  constructor(settings: BreakerSettings) {
    this.#settings = settings;
  }

  /** `end` null: skipped, or ended in another way that is no failure. */
  note(end: ItemEnd | null): Trip | null {
    const { people, percent } = this.#settings;
    this.#recent.push(end);
    if (this.#recent.length > people) this.#recent.shift();
    const needed = Math.max(1, Math.ceil((people * percent) / 100));
    const counts = new Map<string, number>();
    for (const one of this.#recent) if (one !== null && isFailure(one)) counts.set(kindOf(one), (counts.get(kindOf(one)) ?? 0) + 1);
    const failures = [...counts.values()].reduce((sum, n) => sum + n, 0);
    const worst = [...counts].find(([, n]) => n >= needed);
    if (worst !== undefined) return { kind: worst[0], failures: worst[1], of: this.#recent.length, waits: false };
    if (failures >= needed) return { kind: 'mixed', failures, of: this.#recent.length, waits: false };
    const parked = this.#recent.filter((one) => one?.state === 'pending').length;
    return parked + failures >= needed ? { kind: 'transient', failures: parked, of: this.#recent.length, waits: true } : null;
  }
}

function isFailure({ state }: ItemEnd): boolean {
  return state === 'failed' || state === 'uncertain';
}

function kindOf({ reason, state }: ItemEnd): string {
  return reason ?? state;
}

/** How long a run whose vendor does not answer waits: a minute, twice as long each time, sixteen at most. `attempts` is 1 after the first try. */
export function breakMs(attempts: number): number {
  return 60_000 * 2 ** Math.min(Math.max(attempts - 1, 0), 4);
}
