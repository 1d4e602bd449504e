import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretKey } from './key-ring.ts';

/** What a sealed value belongs to: a row copied elsewhere does not open there. */
export interface SealedPlace {
  readonly workspaceId: number;
  readonly sourceId: string;
  readonly field: string;
}

export interface Sealed {
  readonly nonce: Buffer;
  /** Ciphertext followed by the 16 bytes of the tag. */
  readonly sealed: Buffer;
}

const tagBytes = 16;

/** AES-256-GCM with a random nonce of 96 bits; the place and the key's name are authenticated with it. */
export function sealValue(key: SecretKey, place: SealedPlace, plain: string): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(placeBytes(key, place));
  return { nonce, sealed: Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]) };
}

/** Throws a plain error without any value when the row was changed or belongs elsewhere. */
export function openValue(key: SecretKey, place: SealedPlace, { nonce, sealed }: Sealed): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: tagBytes }).setAAD(placeBytes(key, place));
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    throw new Error(`The stored "${place.field}" of source ${place.sourceId} was changed outside Rollcall and cannot be opened. Enter it again in Sources.`);
  }
}

function placeBytes(key: SecretKey, { workspaceId, sourceId, field }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify(['rollcall-secret-1', key.id, workspaceId, sourceId, field]));
}
