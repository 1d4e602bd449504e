import type { ItemEnd } from './run-record.ts';

/** How many people are worked on at the same time: `first` to begin with, never more than `most`. */
export interface Crowd {
  readonly first: number;
  readonly most: number;
}

/**
 * One more for everybody with whom it went well, back to the first number when it did not. A vendor that takes its time to answer leaves its limit unused while
 * few are worked on; of one that refuses or does not answer few should meet it.
 */
export class PeopleAtOnce {
  readonly #crowd: Crowd;
  #now: number;

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
    this.#now = crowd.first;
  }

  get now(): number {
    return this.#now;
  }

  /** `end` null: nothing was done for the person. */
  note(end: ItemEnd | null): void {
    this.#now = end === null || wentWell(end) ? Math.min(this.#now + 1, this.#crowd.most) : this.#crowd.first;
  }
}

function wentWell({ state }: ItemEnd): boolean {
  return state === 'verified' || state === 'alreadySo' || state === 'skipped';
}
