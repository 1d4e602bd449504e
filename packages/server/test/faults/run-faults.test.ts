import { expect, it } from 'vitest';
import type { Fault, FaultEffect, TrueAccount } from '@rollcall/sandbox';
import { listRunItems } from '../../src/features/runs/run-items.ts';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import { setUpRuns } from '../runs/support.ts';
import type { RunSetup } from '../runs/support.ts';

const ever = 1_000_000;

/** Ordinary people: active, no administrators, in groups of which none is an identity provider's and none grants administration. */
function ordinary(setup: RunSetup): readonly TrueAccount[] {
  const admins = new Set(setup.sandbox.world.groups.filter((group) => group.grants.some((grant) => grant.role !== 'atlassian/user')).map((group) => group.id));
  return [...setup.sandbox.truth.accounts()].filter((one) => one.kind === 'person' && one.status === 'active' && one.platformRoles.length === 0 && one.accountId !== setup.sandbox.keyOwnerAccountId && one.groups.length > 0 && !one.groups.some((group) => group.external || admins.has(group.id)));
}

async function idOf(setup: RunSetup, table: 'account' | 'account_group', vendorId: string): Promise<number> {
  return (await setup.database.db.selectFrom(table).where('vendor_id', '=', vendorId).select('id').executeTakeFirstOrThrow()).id;
}

/** A day later each time, until nothing waits: parked people are taken up again as often as they may be. */
async function workToTheEnd(setup: RunSetup, runId: string): Promise<void> {
  for (let day = 0; day < 12; day += 1) {
    const wakeAt = await workOnRun({ ...setup.runDeps, now: () => new Date(Date.now() + day * 86_400_000) }, runId, new AbortController().signal);
    if (wakeAt === null) return;
  }
}

/** A plan that takes the next of these people, who is not left alone for another reason, out of one group. */
async function planForNext(setup: RunSetup, people: Iterator<TrueAccount>) {
  for (;;) {
    const account = people.next().value as TrueAccount | undefined;
    const group = account?.groups[0]?.id;
    if (account === undefined || group === undefined) throw new Error('the world has too few people');
    const selection = { kind: 'accounts' as const, accountIds: [await idOf(setup, 'account', account.accountId)] };
    const plan = await setup.plan({ action: 'remove-from-group', params: { groupIds: [await idOf(setup, 'account_group', group)] }, selection });
    if (plan.totals?.act === 1) return { account, group, plan };
  }
}

interface Case {
  readonly name: string;
  readonly operation: string;
  readonly effect?: FaultEffect;
  readonly lasting?: true;
  /** State, reason and effects of our key; then what the row's own words hold. */
  readonly wanted: readonly [string, string | null, number];
  readonly words?: RegExp;
}

const remove = 'memberships.remove';
const lost = (how: 'reset' | 'silence'): FaultEffect => ({ kind: 'dropAfterWrite', how });
const cases: readonly Case[] = [
  { name: 'nothing', operation: remove, wanted: ['verified', null, 1] },
  { name: 'rateLimitedSeconds', operation: remove, effect: { kind: 'status', status: 429, headers: { 'retry-after': '2' } }, wanted: ['verified', null, 1] },
  { name: 'rateLimitedLong', operation: remove, effect: { kind: 'status', status: 429, headers: { 'retry-after': '3600' } }, wanted: ['verified', null, 1] },
  { name: 'busy', operation: remove, effect: { kind: 'status', status: 503, headers: { 'retry-after': '1' } }, wanted: ['verified', null, 1] },
  { name: 'serverErrorOnce', operation: remove, effect: { kind: 'status', status: 500 }, wanted: ['verified', null, 1] },
  { name: 'serverError', operation: remove, effect: { kind: 'status', status: 502, body: 'html' }, lasting: true, wanted: ['failed', 'transient', 0], words: /HTTP 502/u },
  { name: 'htmlPageOnce', operation: remove, effect: { kind: 'status', status: 200, body: 'html' }, wanted: ['verified', null, 1] },
  { name: 'emptyBody', operation: remove, effect: { kind: 'status', status: 200, body: 'empty' }, lasting: true, wanted: ['failed', 'notVerified', 0], words: /a re-read does not show it/u },
  { name: 'ignoredWrite', operation: remove, effect: { kind: 'ignoreWrite' }, wanted: ['failed', 'notVerified', 0], words: /a re-read does not show it/u },
  { name: 'wrongJson', operation: remove, effect: { kind: 'wrongJson', text: '{"ok":true}' }, wanted: ['verified', null, 1] },
  { name: 'truncatedOnce', operation: remove, effect: { kind: 'truncate', share: 0.5 }, wanted: ['verified', null, 1] },
  { name: 'resetOnce', operation: remove, effect: { kind: 'reset' }, wanted: ['verified', null, 1] },
  { name: 'lostAnswerReset', operation: remove, effect: lost('reset'), wanted: ['verified', null, 1] },
  { name: 'wrongJsonOnce while re-checking', operation: 'users.get', effect: { kind: 'wrongJson', text: '[]' }, wanted: ['verified', null, 1] },
  { name: 'serverError while re-checking', operation: 'users.get', effect: { kind: 'status', status: 502, body: 'html' }, lasting: true, wanted: ['failed', 'transient', 0], words: /HTTP 502/u },
  { name: 'becameAdmin', operation: 'users.get', effect: { kind: 'makeOrgAdmin' }, wanted: ['skipped', 'becameAdministrator', 0] },
  { name: 'userDeleted', operation: 'users.get', effect: { kind: 'deleteUser' }, wanted: ['skipped', 'accountGone', 0] },
  { name: 'userDeleted after the re-check', operation: remove, effect: { kind: 'deleteUser' }, wanted: ['alreadySo', 'alreadySo', 0] },
  { name: 'duplicates', operation: 'users.roleAssignments', effect: { kind: 'duplicates', count: 3 }, lasting: true, wanted: ['verified', null, 1] },
  { name: 'clockForward', operation: remove, effect: { kind: 'clockJump', byMs: 7_200_000 }, wanted: ['verified', null, 1] },
];

it('each fault ends in the state that docs/failures.md names, with one effect or none, and never on anybody else', async () => {
  const setup = await setUpRuns({ users: 250 });
  const people = ordinary(setup).values();
  const planned = new Set<string>();
  for (const one of cases) {
    const { account, group, plan } = await planForNext(setup, people);
    planned.add(`${account.accountId} ${group}`);
    const runId = await setup.apply(plan);
    const mark = setup.sandbox.journal.length;
    const fault: Fault = { operation: one.operation, accountId: account.accountId, times: one.lasting === true ? ever : 1, effect: one.effect ?? { kind: 'delay', ms: 1 } };
    setup.sandbox.faults.add(fault);
    await workToTheEnd(setup, runId);
    setup.sandbox.faults.clear();
    const [item] = (await listRunItems(setup.database.db, runId, { limit: 10 })).items;
    const effects = setup.sandbox.journal.effects({ afterSeq: mark, actor: 'full' });
    expect([one.name, item?.state, item?.reason?.code ?? null, effects.length]).toEqual([one.name, ...one.wanted]);
    expect(effects.filter((effect) => effect.accountId !== account.accountId || effect.groupId !== group)).toEqual([]);
    if (one.words !== undefined) expect(JSON.stringify(item)).toMatch(one.words);
    expect((await setup.run(runId)).state).toBe('done');
  }
  const made = setup.sandbox.journal.effects({ actor: 'full' }).map((effect) => `${effect.accountId} ${effect.groupId}`);
  expect(new Set(made).size).toBe(made.length);
  expect(made.filter((effect) => !planned.has(effect))).toEqual([]);
});

it('adminLost in the middle pauses the run as a refused key does, and nobody has failed', async () => {
  const setup = await setUpRuns({ users: 120 });
  const people = ordinary(setup).slice(0, 6);
  const plan = await setup.plan({ action: 'suspend-access', selection: { kind: 'accounts', accountIds: await Promise.all(people.map((one) => idOf(setup, 'account', one.accountId))) } });
  const runId = await setup.apply(plan);
  setup.sandbox.faults.add({ operation: 'users.suspend', skip: 1, effect: { kind: 'loseOrgAdmin' } });
  await setup.work(runId);
  const run = await setup.run(runId);
  expect(run).toMatchObject({ state: 'paused', stateReason: 'keyRefused', totals: { failed: 0, uncertain: 0 } });
  const effects = setup.sandbox.journal.effects({ actor: 'full' }).map((effect) => effect.accountId);
  expect(new Set(effects).size).toBe(effects.length);
});

it('seatsTaken: an undo that finds no seat says so for that person, and gives back to the others', async () => {
  const setup = await setUpRuns({ users: 250 });
  const plan = await setup.plan({ action: 'remove-app-access', selection: { kind: 'query', q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } });
  const runId = await setup.apply(plan, 6);
  const before = new Map([...setup.sandbox.truth.accounts()].map((one) => [one.accountId, one.groups.map((group) => group.id).toSorted()]));
  await setup.work(runId);
  expect((await setup.run(runId)).totals).toMatchObject({ verified: 6 });
  const people = [...new Set(setup.sandbox.journal.effects({ effect: 'membershipRemoved', actor: 'full' }).map((effect) => effect.accountId ?? ''))];
  expect(people.length).toBeGreaterThan(2);
  const unlucky = people[0] ?? '';
  const mark = setup.sandbox.journal.length;
  const undone = await setup.apply(await setup.undo(runId));
  setup.sandbox.faults.add({ operation: 'memberships.add', accountId: unlucky, effect: { kind: 'status', status: 409, body: { text: '{"errors":[{"code":"ADMIN-UAM-409-3","title":"Conflict","detail":"The product has reached its user limit"}]}' } } });
  await setup.work(undone);
  const { items } = await listRunItems(setup.database.db, undone, { limit: 10 });
  const failed = items.filter((item) => item.state !== 'verified');
  expect(failed.map((item) => [item.vendorId, item.state, item.reason?.code])).toEqual([[unlucky, 'failed', 'quota']]);
  expect(JSON.stringify(failed)).toContain('reached its user limit');
  const given = setup.sandbox.journal.effects({ afterSeq: mark, actor: 'full', effect: 'membershipAdded' }).map((effect) => effect.accountId ?? '');
  expect([...new Set(given)].toSorted()).toEqual(people.slice(1).toSorted());
  // When seats are free again, another undo gives back the rest.
  const rest = await setup.undo(runId);
  expect(rest.totals).toMatchObject({ act: 1 });
  await setup.work(await setup.apply(rest));
  for (const accountId of people) expect(setup.sandbox.truth.account(accountId)?.groups.map((group) => group.id).toSorted()).toEqual(before.get(accountId));
});
