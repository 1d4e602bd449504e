import { verifyChain } from '@rollcall/core';
import type { ChainProblem } from '@rollcall/core';
import type { Dependencies } from '../../app/dependencies.ts';
import { assertUnlimited } from '../../app/assert-unlimited.ts';
import type { Scope } from '../../app/scope.ts';
import { readChain, readHead } from './read-chain.ts';
import { sha256 } from './sha-256.ts';

export interface VerifyReport {
  readonly ok: boolean;
  readonly events: number;
  readonly head: string | null;
  readonly problem: { readonly seq: number; readonly kind: string; readonly text: string } | null;
}

/** Checks every event of the workspace against the chain and the head row, and names the first problem. */
export async function verifyTrail(deps: Pick<Dependencies, 'db'>, scope: Scope): Promise<VerifyReport> {
  assertUnlimited(scope, 'The audit trail is of the whole workspace');
  const head = await readHead(deps.db, scope);
  // Not up to the head: what stands behind it was not written by Rollcall.
  const report = await verifyChain(readChain(deps.db, scope, Number.MAX_SAFE_INTEGER), sha256, head.seq === 0 ? [] : [head]);
  if (report.ok) return { ok: true, events: report.events, head: report.head.hash, problem: null };
  const { problem } = report;
  return { ok: false, events: head.seq, head: head.hash, problem: { seq: problem.seq, kind: problem.kind, text: textOf(problem) } };
}

function textOf(problem: ChainProblem): string {
  switch (problem.kind) {
    case 'changed':
      return `Event ${problem.seq} was changed after it was written.`;
    case 'payloadChanged':
      return `What event ${problem.seq} says was changed after it was written.`;
    case 'removed':
      return problem.seq === problem.lastSeq ? `Event ${problem.seq} is missing.` : `Events ${problem.seq} to ${problem.lastSeq} are missing.`;
    case 'reordered':
      return `Event ${problem.seq} stands at another place.`;
    case 'cutTail':
      return `The trail ends too early: events ${problem.seq} to ${problem.lastSeq} are missing.`;
  }
}
