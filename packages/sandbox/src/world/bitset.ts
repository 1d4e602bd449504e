/** A fixed-capacity set of account indexes: one bit each, so that a group of a million members costs 125 kB. */
export class Bitset {
  readonly #words: Uint32Array;
  #size = 0;

  constructor(capacity: number) {
    this.#words = new Uint32Array((capacity >>> 5) + 1);
  }

  get size(): number {
    return this.#size;
  }

  has(index: number): boolean {
    return ((this.#words[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
  }

  /** Puts the index in or takes it out; true when that changed anything. */
  set(index: number, present: boolean): boolean {
    const word = index >>> 5;
    const bit = 1 << (index & 31);
    const before = this.#words[word] ?? 0;
    if (((before & bit) !== 0) === present) return false;
    this.#words[word] = before ^ bit;
    this.#size += present ? 1 : -1;
    return true;
  }
}
