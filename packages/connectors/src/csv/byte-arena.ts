const blockBits = 22;
const blockBytes = 2 ** blockBits;
const longest = 65_535;

/**
 * Holds many short byte strings in blocks of 4 MiB, without an object per string. An address is a number below 2^32; 0 stands for "no string".
 * Strings over 65,535 bytes are cut.
 */
export class ByteArena {
  readonly #blocks: Buffer[] = [Buffer.allocUnsafeSlow(blockBytes)];
  #used = 1;

  add(bytes: Buffer, start: number, end: number): number {
    const length = Math.min(end - start, longest);
    if (this.#used + length + 2 > blockBytes) {
      this.#blocks.push(Buffer.allocUnsafeSlow(blockBytes));
      this.#used = 0;
    }
    const block = this.#blocks.at(-1);
    if (block === undefined) return 0;
    const address = (this.#blocks.length - 1) * blockBytes + this.#used;
    block[this.#used] = length & 255;
    block[this.#used + 1] = length >>> 8;
    // A loop beats `copy` for strings of a few dozen bytes.
    const to = this.#used + 2 - start;
    for (let at = start; at < start + length; at += 1) block[to + at] = bytes[at] ?? 0;
    this.#used += length + 2;
    return address;
  }

  equals(address: number, bytes: Buffer, start: number, end: number): boolean {
    const block = this.#blocks[address >>> blockBits];
    if (block === undefined) return false;
    const offset = address & (blockBytes - 1);
    const length = Math.min(end - start, longest);
    if ((block[offset] ?? 0) + (block[offset + 1] ?? 0) * 256 !== length) return false;
    for (let index = 0; index < length; index += 1) if (block[offset + 2 + index] !== bytes[start + index]) return false;
    return true;
  }

  text(address: number): string | null {
    const block = this.#blocks[address >>> blockBits];
    if (address === 0 || block === undefined) return null;
    const offset = address & (blockBytes - 1);
    const length = (block[offset] ?? 0) + (block[offset + 1] ?? 0) * 256;
    return block.toString('utf8', offset + 2, offset + 2 + length);
  }
}
