/** A key for one write. Not `crypto.randomUUID`: that is missing on plain HTTP, where a first installation often lives. */
export function newIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
