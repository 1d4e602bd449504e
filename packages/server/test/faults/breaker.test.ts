import { describe, expect, it } from 'vitest';
import { Breaker, breakMs } from '../../src/features/runs/engine/breaker.ts';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import type { ItemEnd } from '../../src/features/runs/engine/run-record.ts';
import { resumeRun } from '../../src/features/runs/run-commands.ts';
import { setUpRuns } from '../runs/support.ts';
import type { RunSetup } from '../runs/support.ts';

const order = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const jobs = { enqueue: () => Promise.resolve(null) };
const failed = (reason: string): ItemEnd => ({ state: 'failed', reason });
const parked: ItemEnd = { state: 'pending', reason: 'transient' };
const fine: ItemEnd = { state: 'verified', reason: null };

describe('the share of one kind', () => {
  const settings = { people: 10, percent: 30 };
  it.each([
    ['three of ten fail alike', [failed('quota'), fine, fine, failed('quota'), fine, failed('quota')], { kind: 'quota', failures: 3, of: 6, waits: false }],
    ['three fail in several ways', [failed('quota'), failed('rejected'), { state: 'uncertain', reason: 'answerLost' }], { kind: 'mixed', failures: 3, of: 3, waits: false }],
    ['two fail', [failed('quota'), fine, failed('quota'), fine, fine], null],
    ['the first failures lie too far back', [failed('quota'), failed('quota'), ...Array.from({ length: 9 }, () => fine), failed('quota')], null],
    ['skipped people are no failures', [{ state: 'skipped', reason: 'activeSince' }, null, null, { state: 'skipped', reason: 'accountGone' }], null],
    ['three could not be worked on', [parked, fine, parked, parked], { kind: 'transient', failures: 3, of: 4, waits: true }],
  ] as const)('%s', (_name, ends, trip) => {
    const breaker = new Breaker(settings);
    expect(ends.map((end) => breaker.note(end)).find((one) => one !== null) ?? null).toEqual(trip);
  });

  it('waits a minute, then twice as long each time, at most sixteen', () => {
    expect([1, 2, 3, 5, 9].map((attempts) => breakMs(attempts) / 60_000)).toEqual([1, 2, 4, 16, 16]);
  });
});

async function setBreaker(setup: RunSetup, breaker: object): Promise<void> {
  await setup.database.db.updateTable('workspace').set({ settings: JSON.stringify({ caps: { people: 10_000, percent: 100 }, breaker }) }).execute();
}

it('a run stops itself at the share that the settings give, names the kind and what to do, and goes on when it is resumed', async () => {
  const setup = await setUpRuns({ users: 300 });
  await setBreaker(setup, { people: 10, percent: 30 });
  const runId = await setup.apply(await setup.plan(order));
  const mark = setup.sandbox.journal.length;
  const fault = setup.sandbox.faults.add({ operation: 'memberships.remove', times: 1_000_000, effect: { kind: 'status', status: 409, body: { text: '{"errors":[{"code":"ADMIN-409-9","title":"No","detail":"Not now"}]}' } } });
  await setup.work(runId);
  const stopped = await setup.run(runId);
  expect(stopped).toMatchObject({ state: 'paused', stateReason: 'tooManyFailures', halt: { code: 'breaker', data: { kind: 'rejected' } } });
  expect(stopped.halt?.text).toMatch(/people failed \(rejected\).*its own words stand in the rows; then resume or cancel/u);
  expect(stopped.totals.failed).toBeGreaterThanOrEqual(3);
  // Those under way were finished; nobody was begun after that.
  expect(stopped.totals.failed).toBeLessThanOrEqual(3 + setup.runDeps.timing.peopleAtOnce.most);
  expect(setup.sandbox.journal.effects({ afterSeq: mark, effect: 'membershipRemoved' })).toEqual([]);
  setup.sandbox.faults.remove(fault);
  await resumeRun({ ...setup.deps, jobs }, setup.scope, runId);
  await setup.work(runId);
  const done = await setup.run(runId);
  expect(done).toMatchObject({ state: 'done', halt: null, totals: { pending: 0, failed: stopped.totals.failed } });
  expect(done.totals.verified).toBeGreaterThan(0);
});

it('while the vendor does not answer the run waits, nobody fails, and it is taken up when the time is over or somebody resumes it', async () => {
  const setup = await setUpRuns({ users: 300 });
  await setBreaker(setup, { people: 4, percent: 50 });
  const runId = await setup.apply(await setup.plan(order));
  setup.sandbox.faults.add({ operation: 'users.get', times: 1_000_000, effect: { kind: 'status', status: 503, headers: { 'retry-after': '0' } } });
  const wakeAt = await setup.work(runId);
  expect(wakeAt?.getTime()).toBeGreaterThan(Date.now() + 30_000);
  const waiting = await setup.run(runId);
  expect(waiting).toMatchObject({ state: 'running', parkedUntil: wakeAt?.toISOString(), halt: { code: 'breakerWaits', data: { kind: 'transient' } }, totals: { failed: 0, uncertain: 0 } });
  setup.sandbox.faults.clear();
  // Looked at too early, nothing is done.
  const mark = setup.sandbox.journal.length;
  await setup.work(runId);
  expect(setup.sandbox.journal.requests({ afterSeq: mark })).toEqual([]);
  const later = { ...setup.runDeps, now: () => new Date(Date.now() + 3_600_000) };
  await workOnRun(later, runId, new AbortController().signal);
  expect(await setup.run(runId)).toMatchObject({ state: 'done', halt: null, totals: { pending: 0, failed: 0, uncertain: 0 } });
});
