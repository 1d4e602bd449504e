import { createHash } from 'node:crypto';
import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import { z } from 'zod';

const eventLine = z.object({
  seq: z.number(), at: z.string(), kind: z.string(), commitment: z.string(), previous: z.string(), hash: z.string(), salt: z.string(),
  said: z.object({ actor: z.string(), subjectKind: z.string().nullable(), subjectId: z.string().nullable(), payload: z.record(z.string(), z.unknown()) }),
});
const footer = z.object({ head: z.object({ seq: z.number(), hash: z.string() }) });

export interface AuditEvent {
  readonly kind: string;
  readonly subjectId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface AuditEvents {
  /** What is wrong with the chain itself. */
  readonly problems: readonly string[];
  readonly count: number;
  /** Events of a kind whose payload holds all the members given. */
  of(kind: string, payload?: Readonly<Record<string, unknown>>): readonly AuditEvent[];
}

/** Reads the whole trail and checks it with the few lines that its format takes, none of them the product's: numbers, links, hashes, commitments, head. */
export async function readAudit(client: Client): Promise<AuditEvents> {
  const answer = await client.open(routes.audit.export, {});
  const lines = (await answer.text()).trim().split('\n').map((line): unknown => JSON.parse(line));
  const events = lines.slice(1, -1).map((line) => eventLine.parse(line));
  const problems: string[] = [];
  let previous = '0'.repeat(64);
  for (const [n, event] of events.entries()) {
    const { actor, subjectKind, subjectId, payload } = event.said;
    const commitment = createHash('sha256').update(Buffer.from(event.salt, 'hex')).update(canonical({ actor, subjectKind, subjectId, payload })).digest('hex');
    const hash = createHash('sha256').update(canonical({ format: 1, seq: n + 1, at: event.at, kind: event.kind, commitment, previous })).digest('hex');
    if (event.seq !== n + 1 || event.previous !== previous || event.commitment !== commitment || event.hash !== hash) problems.push(`audit event ${event.seq} (${event.kind}) does not follow the one before`);
    previous = event.hash;
  }
  const { head } = footer.parse(lines.at(-1));
  if (head.seq !== events.length || head.hash !== previous) problems.push(`the audit head is ${head.seq}, the last event ${events.length}`);
  const told = events.map(({ kind, said }): AuditEvent => ({ kind, subjectId: said.subjectId, payload: said.payload }));
  const byKind = Map.groupBy(told, (event) => event.kind);
  return { problems, count: events.length, of: (kind, payload = {}) => (byKind.get(kind) ?? []).filter((event) => Object.entries(payload).every(([name, value]) => event.payload[name] === value)) };
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}
