import { routes } from '@rollcall/contract';
import type { Client } from '@rollcall/contract';
import type { AuditEvents } from '../audit-chain.ts';
import type { Place } from '../places.ts';
import { exactlyOnce } from '../unit.ts';

export interface RunFacts {
  readonly place: Place;
  readonly runId: string;
  /** Whom the plan acts on, as it was seen before it was applied, less those who changed since. */
  readonly chosen: ReadonlySet<string>;
  /** Entries of the journal after this one and up to that one are this run's. */
  readonly from: number;
  readonly to: number;
}

const verbs: Readonly<Record<string, readonly string[]>> = {
  membershipRemoved: ['removeFromGroup'], membershipAdded: ['addToGroup'], roleRevoked: ['revokeRole'], roleAssigned: ['assignRole'],
};

/** What our key changed at the vendor while the run went on. */
export function effectsOf({ place, from, to }: Pick<RunFacts, 'place' | 'from' | 'to'>) {
  return place.sandbox.journal.effects({ afterSeq: from }).filter((entry) => entry.seq <= to && entry.actor !== 'control');
}

/** A run by its effects, by its end and by what people read of it. */
export async function judgeRun(client: Client, audit: AuditEvents, facts: RunFacts): Promise<readonly string[]> {
  return [...judgeEffects(audit, facts), ...(await judgeEnd(client, audit, facts.runId, facts.place))];
}

/** Every effect once, on chosen people alone, each with its outcome in the audit trail; and no outcome without an effect. */
export function judgeEffects(audit: AuditEvents, facts: RunFacts): readonly string[] {
  const { runId, chosen } = facts;
  const problems: string[] = [];
  const names = new Map<string, number>();
  for (const effect of effectsOf(facts)) {
    const subject = effect.groupId ?? effect.resourceId ?? '';
    const name = `${(verbs[effect.effect ?? ''] ?? [effect.effect])[0]} ${effect.accountId} ${subject}`;
    names.set(name, (names.get(name) ?? 0) + 1);
    if (!chosen.has(effect.accountId ?? '')) problems.push(`${name} hit somebody who was not to be touched`);
  }
  const outcomes = new Map<string, number>();
  for (const event of audit.of('run.call.applied', { runId })) {
    const name = nameOf(event.payload['call'], event.subjectId);
    outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
  }
  for (const [name, times] of names) problems.push(...exactlyOnce(`the effect ${name}`, times), ...exactlyOnce(`the outcome of ${name} in the audit trail`, outcomes.get(name) ?? 0));
  for (const name of outcomes.keys()) if (!names.has(name)) problems.push(`the audit trail has an outcome that never was: ${name}`);
  return problems;
}

function nameOf(call: unknown, account: string | null): string {
  if (typeof call !== 'object' || call === null) return '';
  const member = (name: string): string => String(Reflect.get(call, name) ?? '');
  return `${member('verb')} ${account} ${member('groupId') || member('resourceId')}`;
}

/** The run as people read it: at its end, each row ended once, the same counts in the list as in the rows. */
async function judgeEnd(client: Client, audit: AuditEvents, runId: string, place: Place): Promise<readonly string[]> {
  const run = await client.call(routes.runs.get, { params: { runId } });
  const { items } = await client.call(routes.runs.items, { params: { runId }, query: { limit: 500 } });
  const listed = (await client.call(routes.runs.list, { query: { sourceId: place.sourceId, limit: 500 } })).items.find((one) => one.id === runId);
  const problems: string[] = [];
  const { failed, uncertain, pending, intent, applied } = run.totals;
  if (run.state !== 'done' || failed + uncertain + pending + intent + applied > 0) problems.push(`the run ended as ${run.state} with ${JSON.stringify(run.totals)}: ${items.filter((item) => item.state === 'failed' || item.state === 'uncertain').map((item) => `${item.reason?.code ?? ''} ${item.message ?? ''}`).join('; ')}`);
  if (JSON.stringify(listed?.totals) !== JSON.stringify(run.totals)) problems.push(`the list counts ${JSON.stringify(listed?.totals)}, the run ${JSON.stringify(run.totals)}`);
  problems.push(...exactlyOnce('the end of the run in the audit trail', audit.of('run.done', {}).filter((event) => event.subjectId === runId).length));
  problems.push(...exactlyOnce('its order in the audit trail', audit.of('run.requested').filter((event) => event.subjectId === runId).length));
  for (const item of items) {
    const ends = ['verified', 'alreadySo', 'skipped', 'failed', 'uncertain', 'cancelled'].flatMap((state) => audit.of(`run.item.${state}`, { runId, itemId: item.id }));
    problems.push(...exactlyOnce(`the end of row ${item.seq} in the audit trail`, ends.length));
  }
  return problems;
}
