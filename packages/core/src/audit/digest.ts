/** SHA-256, handed in: core runs in browsers and on servers and reads neither's crypto. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** 32 bytes in lower-case hexadecimal. */
export type Digest = string;

const encoder = new TextEncoder();

export function digestOf(parts: readonly (Uint8Array | string)[], sha256: Sha256): Digest {
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const whole = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of bytes) {
    whole.set(part, at);
    at += part.length;
  }
  return toHex(sha256(whole));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes of hexadecimal text of even length; the caller has checked its shape. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, n) => Number.parseInt(text.slice(2 * n, 2 * n + 2), 16));
}
