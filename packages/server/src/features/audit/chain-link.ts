import { createHash } from 'node:crypto';

/** What an event says: personal, erasable, bound into the chain by its salted digest. */
export interface Said {
  readonly actor: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Digest of what is said, and of the link that holds it. */
export function chainLink(event: { seq: number; at: Date; kind: string; salt: Buffer; said: Said; previousHash: Buffer }): { commitment: Buffer; hash: Buffer } {
  const commitment = createHash('sha256').update(event.salt).update(canonical(event.said)).digest();
  const link = { format: 1, seq: event.seq, at: event.at.toISOString(), kind: event.kind, commitment: commitment.toString('hex'), previous: event.previousHash.toString('hex') };
  return { commitment, hash: createHash('sha256').update(canonical(link)).digest() };
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}
