import { z } from 'zod';
import { fromHex, toHex } from './digest.ts';
import type { Digest } from './digest.ts';
import type { ChainAnchor, VerifiedEvent } from './verify-chain.ts';

/** Rises when a file of the old shape would be misread. */
export const auditExportVersion = 1;
export const auditExportFormat = 'rollcall-audit';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const seq = z.int().positive();

export const exportHeaderSchema = z.looseObject({ format: z.literal(auditExportFormat), version: z.int().positive(), workspace: z.string(), exportedAt: z.string() });
export const exportEventSchema = z.strictObject({
  seq,
  at: z.string(),
  kind: z.string(),
  commitment: digest,
  previous: digest,
  hash: digest,
  salt: z.string().regex(/^([0-9a-f]{2})+$/).optional(),
  said: z.strictObject({ actor: z.string(), subjectKind: z.string().nullable(), subjectId: z.string().nullable(), payload: z.record(z.string(), z.unknown()) }).optional(),
});
export const exportFooterSchema = z.strictObject({ head: z.strictObject({ seq: z.int().nonnegative(), hash: digest }) });

export interface AuditExportHeader {
  /** The workspace's public key (a UUID). */
  readonly workspace: string;
  /** Instant in UTC. */
  readonly exportedAt: string;
}

/** First line of an export file. The file is JSON lines: header, events in order, footer. */
export function exportHeaderLine(header: AuditExportHeader): string {
  return JSON.stringify({ format: auditExportFormat, version: auditExportVersion, workspace: header.workspace, exportedAt: header.exportedAt });
}

/** The line of an event; salt and payload are left out together where the payload was erased. */
export function exportEventLine(event: VerifiedEvent): string {
  const { seq, at, kind, commitment, previousHash, hash, said, salt } = event;
  const spoken = said !== undefined && salt !== undefined ? { salt: toHex(salt), said } : {};
  return JSON.stringify({ seq, at, kind, commitment, previous: previousHash, hash, ...spoken });
}

/** Last line: the head of the chain when it was exported. A file without it was cut. */
export function exportFooterLine(head: ChainAnchor): string {
  return JSON.stringify({ head: { seq: head.seq, hash: head.hash } });
}

/** An event from its parsed line. */
export function eventOfLine(line: z.infer<typeof exportEventSchema>): VerifiedEvent {
  const { seq, at, kind, commitment, previous, hash, said, salt } = line;
  const previousHash: Digest = previous;
  return { seq, at, kind, commitment, previousHash, hash, ...(said === undefined ? {} : { said }), ...(salt === undefined ? {} : { salt: fromHex(salt) }) };
}
