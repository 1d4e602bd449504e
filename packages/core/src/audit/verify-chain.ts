import { chainEvent, chainStart, commitTo } from './chain-event.ts';
import type { AuditSaid, ChainedEvent } from './chain-event.ts';
import type { Digest, Sha256 } from './digest.ts';

/** A hash that was kept outside (log line, run mail, proof pack): the event with this number had this hash. */
export interface ChainAnchor {
  readonly seq: number;
  readonly hash: Digest;
}

/** An event to verify; with its payload where that was not erased. */
export interface VerifiedEvent extends ChainedEvent {
  readonly said?: AuditSaid;
  readonly salt?: Uint8Array;
}

export type ChainProblem =
  /** The event with this number is not what was hashed. */
  | { readonly kind: 'changed'; readonly seq: number }
  /** The event is in order, but what it is said to say is not what it committed to. */
  | { readonly kind: 'payloadChanged'; readonly seq: number }
  /** Events `seq` to `lastSeq` are missing. */
  | { readonly kind: 'removed'; readonly seq: number; readonly lastSeq: number }
  /** The event with this number stands at another place. */
  | { readonly kind: 'reordered'; readonly seq: number }
  /** The chain ends before an anchor: events from `seq` on are missing. */
  | { readonly kind: 'cutTail'; readonly seq: number; readonly lastSeq: number };

export type ChainReport =
  | { readonly ok: true; readonly events: number; readonly head: ChainAnchor; /** Events whose payload was erased or left out. */ readonly withoutPayload: number }
  | { readonly ok: false; readonly problem: ChainProblem };

/**
 * Walks the chain from its first event and names the first problem. Whoever can rewrite every later event leaves no trace in the chain itself: that and a cut
 * tail are found by the anchors. Memory does not grow with the chain.
 */
export async function verifyChain(events: Iterable<VerifiedEvent> | AsyncIterable<VerifiedEvent>, sha256: Sha256, anchors: readonly ChainAnchor[] = []): Promise<ChainReport> {
  const known = new Map(anchors.map((anchor) => [anchor.seq, anchor.hash]));
  let head: ChainAnchor = { seq: 0, hash: chainStart };
  let withoutPayload = 0;
  let gap: ChainProblem | null = null;
  for await (const event of events) {
    if (gap !== null) {
      // What is missing at its place may stand further on.
      if (event.seq === gap.seq) return { ok: false, problem: { kind: 'reordered', seq: gap.seq } };
      continue;
    }
    const problem = linkProblem(event, head, known, sha256);
    if (problem?.kind === 'removed') gap = problem;
    else if (problem !== null) return { ok: false, problem };
    withoutPayload += event.said === undefined ? 1 : 0;
    head = { seq: event.seq, hash: event.hash };
  }
  if (gap !== null) return { ok: false, problem: gap };
  const last = Math.max(0, ...known.keys());
  if (last > head.seq) return { ok: false, problem: { kind: 'cutTail', seq: head.seq + 1, lastSeq: last } };
  return { ok: true, events: head.seq, head, withoutPayload };
}

function linkProblem(event: VerifiedEvent, head: ChainAnchor, anchors: ReadonlyMap<number, Digest>, sha256: Sha256): ChainProblem | null {
  const expected = head.seq + 1;
  if (chainEvent(event.previousHash, event, sha256).hash !== event.hash) return { kind: 'changed', seq: expected };
  if (event.seq > expected) return { kind: 'removed', seq: expected, lastSeq: event.seq - 1 };
  if (event.seq < expected) return { kind: 'reordered', seq: event.seq };
  // This event is whole and follows another hash: the one before was rewritten with a hash of its own.
  if (event.previousHash !== head.hash) return { kind: 'changed', seq: Math.max(1, head.seq) };
  const anchored = anchors.get(event.seq);
  if (anchored !== undefined && anchored !== event.hash) return { kind: 'changed', seq: event.seq };
  if (event.said !== undefined && (event.salt === undefined || commitTo(event.said, event.salt, sha256) !== event.commitment)) return { kind: 'payloadChanged', seq: event.seq };
  return null;
}
