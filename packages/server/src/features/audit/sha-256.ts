import { createHash } from 'node:crypto';

/** SHA-256 for core, which reads no platform's crypto. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
