/** Stateless pseudo-random numbers: everything a world holds is a function of (seed, index, stream), so that nothing derivable is stored. */

/** A well mixed unsigned 32-bit number of (seed, index, stream). */
export function mix32(seed: number, index: number, stream: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 0x7f4a7c15, 0xc2b2ae35) ^ Math.imul(stream + 0x165667b1, 0x27d4eb2f);
  h ^= h >>> 16;
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  h ^= h >>> 16;
  return h >>> 0;
}

/** A number in [0, 1). */
export function draw(seed: number, index: number, stream: number): number {
  return mix32(seed, index, stream) / 4294967296;
}

/** `digits` lower-case hexadecimal digits. */
export function hex(seed: number, index: number, stream: number, digits: number): string {
  let text = '';
  for (let word = 0; text.length < digits; word += 1) text += mix32(seed, index, stream * 64 + word).toString(16).padStart(8, '0');
  return text.slice(0, digits);
}

/** A version 4 shaped UUID. */
export function uuid(seed: number, index: number, stream: number): string {
  const h = hex(seed, index, stream, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}
