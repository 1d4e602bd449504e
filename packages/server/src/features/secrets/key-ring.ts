import { createHash, hkdfSync } from 'node:crypto';

/** One key of 32 bytes with the short name under which sealed rows remember it. The name gives nothing of the key away. */
export interface SecretKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** The first key seals; all of them open. */
export interface KeyRing {
  readonly current: SecretKey;
  readonly all: readonly SecretKey[];
  /** Where the keys came from, for messages: a file's path or a variable's name. */
  readonly origin: string;
}

/** Keys in order, the current one first. Throws for a key that is not 32 bytes and for an empty list. */
export function createKeyRing(keys: readonly Buffer[], origin: string): KeyRing {
  const all = keys.map((bytes) => {
    if (bytes.length !== 32) throw new Error(`A key in ${origin} is not 32 bytes.`);
    return { id: createHash('sha256').update('rollcall key id').update(bytes).digest('hex').slice(0, 8), bytes };
  });
  const [current] = all;
  if (current === undefined) throw new Error(`There is no key in ${origin}.`);
  return { current, all, origin };
}

/** A key of its own for another purpose, so that no key is used for two things. 32 bytes, base64. */
export function deriveKey(key: SecretKey, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', key.bytes, Buffer.alloc(0), `rollcall ${purpose}`, 32)).toString('base64');
}
