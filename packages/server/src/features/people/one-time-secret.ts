import { createHash, randomBytes } from 'node:crypto';

/** A secret that is shown once: 32 random bytes behind a prefix that tells people and scanners what it is. */
export function makeSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is stored of it. Random secrets of 256 bits need no slow digest. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
