import { fieldText, quotedWithQuotes } from './row-view.ts';
import type { RowView } from './row-view.ts';

const slots = 32_768;
const longest = 32;

/**
 * Reads cells of few different values (dates, statuses, roles) by a function of their text, remembering what it answered, so that a million
 * rows cost a comparison of bytes and no strings. The answers are shared objects. Direct-mapped: a fixed number of answers is kept.
 */
export class CellMemo<T> {
  readonly #read: (text: string) => T;
  readonly #keys = Buffer.alloc(slots * longest);
  readonly #lengths = new Uint8Array(slots);
  readonly #values: (T | undefined)[] = Array.from({ length: slots }, () => undefined);
  readonly #empty: T;

  constructor(read: (text: string) => T) {
    this.#read = read;
    this.#empty = read('');
  }

  get(row: RowView, index: number): T {
    const start = row.starts[index] ?? 0;
    const length = index < row.count ? (row.ends[index] ?? 0) - start : 0;
    if (length === 0) return this.#empty;
    if (length > longest || row.forms[index] === quotedWithQuotes) return this.#read(fieldText(row, index));
    const slot = slotOf(row.bytes, start, length);
    const known = this.#values[slot];
    if (known !== undefined && this.#lengths[slot] === length && this.#same(slot, row.bytes, start, length)) return known;
    const value = this.#read(fieldText(row, index));
    row.bytes.copy(this.#keys, slot * longest, start, start + length);
    this.#lengths[slot] = length;
    this.#values[slot] = value;
    return value;
  }

  #same(slot: number, bytes: Buffer, start: number, length: number): boolean {
    const keys = this.#keys;
    const offset = slot * longest;
    for (let index = 0; index < length; index += 1) if (keys[offset + index] !== bytes[start + index]) return false;
    return true;
  }
}

/** FNV-1a over the cell. */
function slotOf(bytes: Buffer, start: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < start + length; index += 1) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 13)) & (slots - 1);
}
