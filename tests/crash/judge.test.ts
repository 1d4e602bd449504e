import { createHash } from 'node:crypto';
import type { Client } from '@rollcall/contract';
import { startSandbox } from '@rollcall/sandbox';
import type { Sandbox } from '@rollcall/sandbox';
import { expect, it, onTestFinished } from 'vitest';
import { readAudit } from './audit-chain.ts';
import type { AuditEvents } from './audit-chain.ts';
import { judgeEffects } from './units/judge-run.ts';

/** The judge must find what is planted: one that cannot is worth nothing. */
const runId = '01900000-0000-7000-8000-000000000001';
const refuse = (): never => { throw new Error('Nobody is asked here.'); };

interface Line { seq: number; at: string; kind: string; commitment: string; previous: string; hash: string; salt: string; said: { actor: string; subjectKind: string | null; subjectId: string | null; payload: Record<string, unknown> } }

function sha256(text: string, salt = Buffer.alloc(0)): string {
  return createHash('sha256').update(salt).update(text).digest('hex');
}

/** A right chain of events, written by hand in the format of the export. */
function chain(events: readonly { kind: string; subjectId: string; payload: Record<string, unknown> }[]): { lines: Line[]; text: (lines: readonly Line[]) => string } {
  let previous = '0'.repeat(64);
  const salt = 'ab'.repeat(16);
  const lines = events.map(({ kind, subjectId, payload }, n): Line => {
    const said = { actor: 'somebody', subjectKind: 'account', subjectId, payload };
    const commitment = sha256(`{"actor":"somebody","payload":${JSON.stringify(payload)},"subjectId":"${subjectId}","subjectKind":"account"}`, Buffer.from(salt, 'hex'));
    const at = '2026-11-22T10:00:00.000Z';
    const hash = sha256(`{"at":"${at}","commitment":"${commitment}","format":1,"kind":"${kind}","previous":"${previous}","seq":${n + 1}}`);
    const line = { seq: n + 1, at, kind, commitment, previous, hash, salt, said };
    previous = hash;
    return line;
  });
  const head = { seq: events.length, hash: previous };
  return { lines, text: (some) => ['{"format":"rollcall-audit"}', ...some.map((line) => JSON.stringify(line)), JSON.stringify({ head })].join('\n') };
}

function told(text: string): Promise<AuditEvents> {
  const client: Client = { call: refuse, href: refuse, open: () => Promise.resolve(new Response(text)) };
  return readAudit(client);
}

const applied = (account: string, groupId: string) => ({ kind: 'run.call.applied', subjectId: account, payload: { call: { groupId, verb: 'removeFromGroup' }, runId } });

it('finds a gap, a change and a cut in the audit trail', async () => {
  const { lines, text } = chain(['a', 'b', 'c'].map((account) => applied(account, 'g')));
  expect((await told(text(lines))).problems).toEqual([]);
  expect((await told(text(lines.filter((line) => line.seq !== 2)))).problems).not.toEqual([]);
  expect((await told(text(lines.slice(0, 2)))).problems).not.toEqual([]);
  expect((await told(text(lines.map((line) => (line.seq === 2 ? { ...line, said: { ...line.said, subjectId: 'd' } } : line))))).problems).toEqual(['audit event 2 (run.call.applied) does not follow the one before']);
});

async function world(): Promise<{ sandbox: Sandbox; effect: (accountId: string, groupId: string) => void; judge: (chosen: readonly string[], outcomes: readonly [string, string][]) => Promise<readonly string[]> }> {
  const sandbox = await startSandbox({ users: 10 });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    effect: (accountId, groupId) => { sandbox.journal.append({ type: 'effect', operation: 'memberships.remove', actor: 'full', effect: 'membershipRemoved', accountId, groupId }); },
    judge: async (chosen, outcomes) => {
      const { lines, text } = chain(outcomes.map(([account, group]) => applied(account, group)));
      return judgeEffects(await told(text(lines)), { place: { sandbox, name: 'Acme', sourceId: '', jira: '' }, runId, chosen: new Set(chosen), from: 0, to: sandbox.journal.length });
    },
  };
}

it('finds an effect that came twice, hit somebody else, has no outcome, or never was', async () => {
  const { effect, judge } = await world();
  effect('ann', 'g');
  effect('bob', 'g');
  expect(await judge(['ann', 'bob'], [['ann', 'g'], ['bob', 'g']])).toEqual([]);
  expect(await judge(['ann'], [['ann', 'g'], ['bob', 'g']])).toEqual(['removeFromGroup bob g hit somebody who was not to be touched']);
  expect(await judge(['ann', 'bob'], [['ann', 'g']])).toEqual(['the outcome of removeFromGroup bob g in the audit trail: 0 times instead of once']);
  expect(await judge(['ann', 'bob'], [['ann', 'g'], ['bob', 'g'], ['bob', 'h']])).toEqual(['the audit trail has an outcome that never was: removeFromGroup bob h']);
  effect('ann', 'g');
  expect(await judge(['ann', 'bob'], [['ann', 'g'], ['bob', 'g']])).toEqual(['the effect removeFromGroup ann g: 2 times instead of once']);
});
