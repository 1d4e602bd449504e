import { fieldText, quotedWithQuotes } from './row-view.ts';
import type { RowView } from './row-view.ts';

const slots = 16_384;
const most = 8_192;
const width = 32;
const longest = width - 1;

/**
 * Reads cells of few different values (dates, statuses, roles) by a function of their text, remembering what it answered, so that a million
 * rows cost a comparison of bytes and no strings. The answers are shared objects. Keeps up to 8,192 answers, packed so that they stay in the
 * processor's cache, then starts anew.
 */
export class CellMemo<T> {
  readonly #read: (text: string) => T;
  /** 1 + the number of the entry; 0: free. */
  readonly #slots = new Uint16Array(slots);
  /** Per entry its length in one byte, then its bytes. */
  readonly #keys = Buffer.alloc(most * width);
  #values: T[] = [];
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
    let slot = slotOf(row.bytes, start, length);
    for (let entry = this.#slots[slot] ?? 0; entry !== 0; entry = this.#slots[slot] ?? 0) {
      if (this.#same(entry - 1, row.bytes, start, length)) return this.#values[entry - 1] ?? this.#empty;
      slot = (slot + 1) & (slots - 1);
    }
    return this.#remember(slot, row, index, start, length);
  }

  #same(entry: number, bytes: Buffer, start: number, length: number): boolean {
    const keys = this.#keys;
    const offset = entry * width;
    if (keys[offset] !== length) return false;
    for (let index = 0; index < length; index += 1) if (keys[offset + 1 + index] !== bytes[start + index]) return false;
    return true;
  }

  #remember(slot: number, row: RowView, index: number, start: number, length: number): T {
    const value = this.#read(fieldText(row, index));
    if (this.#values.length === most) {
      this.#slots.fill(0);
      this.#values = [];
      return value;
    }
    const offset = this.#values.length * width;
    this.#keys[offset] = length;
    row.bytes.copy(this.#keys, offset + 1, start, start + length);
    this.#values.push(value);
    this.#slots[slot] = this.#values.length;
    return value;
  }
}

/** FNV-1a over the cell. */
function slotOf(bytes: Buffer, start: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < start + length; index += 1) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) & (slots - 1);
}
