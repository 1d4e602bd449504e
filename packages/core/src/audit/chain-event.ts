import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import type { Digest, Sha256 } from './digest.ts';

/** Rises when a link is hashed in another way; it is part of what is hashed. */
export const auditFormat = 1;

/** What the first event follows. */
export const chainStart: Digest = '0'.repeat(64);

/** The part of an event that stays when its payload is erased. */
export interface AuditEvent {
  /** 1, 2, 3, … without gaps within a workspace. */
  readonly seq: number;
  /** Instant in UTC with milliseconds: `2026-11-22T10:00:00.000Z`. */
  readonly at: string;
  /** `run.started`. */
  readonly kind: string;
  readonly commitment: Digest;
}

/** What an event says: personal and erasable, bound into the chain by its commitment. */
export interface AuditSaid {
  readonly actor: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface ChainedEvent extends AuditEvent {
  readonly previousHash: Digest;
  readonly hash: Digest;
}

/** The salted digest of what is said. Without the salt (at least 16 random bytes) an erased name could be found again by trying names. */
export function commitTo(said: AuditSaid, salt: Uint8Array, sha256: Sha256): Digest {
  const { actor, subjectKind, subjectId, payload } = said;
  return digestOf([salt, canonicalJson({ actor, subjectKind, subjectId, payload })], sha256);
}

/** Hangs an event on the chain: its hash covers its number, time, kind, commitment and the hash of the event before. */
export function chainEvent(previousHash: Digest, event: AuditEvent, sha256: Sha256): ChainedEvent {
  const { seq, at, kind, commitment } = event;
  const hash = digestOf([canonicalJson({ format: auditFormat, seq, at, kind, commitment, previous: previousHash })], sha256);
  return { seq, at, kind, commitment, previousHash, hash };
}
