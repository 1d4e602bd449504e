import type { ByteArena } from './byte-arena.ts';

/** Numbers accounts 0, 1, 2, … by their key's bytes: an open-addressed hash table of 12 bytes an account beside the keys themselves. */
export class AccountIndex {
  size = 0;
  readonly #arena: ByteArena;
  #slots = new Int32Array(8_192).fill(-1);
  #hashes = new Uint32Array(4_096);
  #addresses = new Uint32Array(4_096);

  constructor(arena: ByteArena) {
    this.#arena = arena;
  }

  /** The account's number; a new one (the old `size`) when the key was not met before. */
  numberOf(bytes: Buffer, start: number, end: number): number {
    if (this.size === this.#hashes.length) this.#grow();
    const hash = hashOf(bytes, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const known = this.#slots[slot] ?? -1;
      if (known === -1) break;
      if (this.#hashes[known] === hash && this.#arena.equals(this.#addresses[known] ?? 0, bytes, start, end)) return known;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.size;
    this.#hashes[this.size] = hash;
    this.#addresses[this.size] = this.#arena.add(bytes, start, end);
    this.size += 1;
    return this.size - 1;
  }

  key(account: number): string {
    return this.#arena.text(this.#addresses[account] ?? 0) ?? '';
  }

  #grow(): void {
    const capacity = this.#hashes.length * 2;
    this.#hashes = enlarged(this.#hashes, capacity);
    this.#addresses = enlarged(this.#addresses, capacity);
    this.#slots = new Int32Array(capacity * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let account = 0; account < this.size; account += 1) {
      let slot = (this.#hashes[account] ?? 0) & mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
      this.#slots[slot] = account;
    }
  }
}

function enlarged(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}

function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
