import { randomBytes } from 'node:crypto';

/**
 * Makes a generator of UUIDv7 (RFC 9562): 48 bits of milliseconds, a counter of 12 bits, 62 random bits. Ids of one generator
 * only grow, also within a millisecond and when the clock is set back (it then goes on from the last one).
 */
export function createIds(now: () => Date): () => string {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const ms = now().getTime();
    if (ms > lastMs) {
      lastMs = ms;
      counter = randomBytes(1)[0] ?? 0;
    } else {
      counter += 1;
      if (counter > 0xf_ff) {
        lastMs += 1;
        counter = 0;
      }
    }
    return format(lastMs, counter, randomBytes(8));
  };
}

function format(ms: number, counter: number, random: Buffer): string {
  const time = ms.toString(16).padStart(12, '0');
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
