import { hex, mix32 } from './random.ts';

const multiplier = 0x2c1b3c6d;

function inverseOf(odd: number): number {
  let x = odd;
  for (let step = 0; step < 5; step += 1) x = Math.imul(x, 2 - Math.imul(odd, x));
  return x;
}

const inverse = inverseOf(multiplier);

function scramble(index: number, key: number): number {
  let x = Math.imul(index ^ key, multiplier);
  x ^= x >>> 16;
  return Math.imul(x, multiplier) >>> 0;
}

function unscramble(code: number, key: number): number {
  let x = Math.imul(code, inverse);
  x ^= x >>> 16;
  return (Math.imul(x, inverse) ^ key) >>> 0;
}

/**
 * The account id of an index, in the three forms live organisations show: `712020:<uuid>`, `557058:<uuid>` and 24 characters.
 * The index is scrambled into the first eight digits, so that no table of a million ids is needed.
 */
export function accountIdOf(seed: number, index: number): string {
  const code = scramble(index, mix32(seed, 1, 900)).toString(16).padStart(8, '0');
  const rest = hex(seed, index, 14, 24);
  const form = mix32(seed, index, 901) % 10;
  if (form === 0) return `${code}${rest.slice(0, 15)}g`;
  const prefix = form < 3 ? '557058' : '712020';
  return `${prefix}:${code}-${rest.slice(0, 4)}-4${rest.slice(4, 7)}-b${rest.slice(7, 10)}-${rest.slice(10, 22)}`;
}

/** The index of an account id of this world, or undefined for any other text. */
export function indexOfAccountId(seed: number, accountId: string, count: number): number | undefined {
  const colon = accountId.indexOf(':');
  const digits = accountId.slice(colon + 1, colon + 9);
  if (!/^[0-9a-f]{8}$/.test(digits)) return undefined;
  const index = unscramble(Number.parseInt(digits, 16), mix32(seed, 1, 900));
  return index < count && accountIdOf(seed, index) === accountId ? index : undefined;
}
