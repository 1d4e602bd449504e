/**
 * Which keys were met before, in 16 bytes a key at most: two 32-bit hashes of each. A false "yes" is possible (about 3 in 100,000,000 for a
 * million keys) and harmless where the answer only says that a merge should be tried.
 */
export class SeenKeys {
  #slots = new Uint32Array(2 * 4_096);
  #capacity = 4_096;
  size = 0;

  /** Remembers the key; true when it was met before. */
  meet(key: string): boolean {
    if (this.size * 2 > this.#capacity) this.#grow();
    let a = 0x811c9dc5;
    let b = 0x9e3779b9;
    for (let index = 0; index < key.length; index += 1) {
      const code = key.charCodeAt(index);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul((b << 5) ^ (b >>> 2) ^ code, 0x85ebca6b);
    }
    const known = this.#put(this.#slots, this.#capacity, a >>> 0, (b | 1) >>> 0);
    if (!known) this.size += 1;
    return known;
  }

  #put(slots: Uint32Array, capacity: number, a: number, b: number): boolean {
    let slot = (a ^ (a >>> 15)) & (capacity - 1);
    while (slots[slot * 2 + 1] !== 0) {
      if (slots[slot * 2] === a && slots[slot * 2 + 1] === b) return true;
      slot = (slot + 1) & (capacity - 1);
    }
    slots[slot * 2] = a;
    slots[slot * 2 + 1] = b;
    return false;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#capacity * 4);
    for (let slot = 0; slot < this.#capacity; slot += 1) {
      const b = this.#slots[slot * 2 + 1] ?? 0;
      if (b !== 0) this.#put(larger, this.#capacity * 2, this.#slots[slot * 2] ?? 0, b);
    }
    this.#slots = larger;
    this.#capacity *= 2;
  }
}
