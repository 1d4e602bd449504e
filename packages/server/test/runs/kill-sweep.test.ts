import { expect, it } from 'vitest';
import type { Kysely, Transaction } from 'kysely';
import type { TrueAccount } from '@rollcall/sandbox';
import type { Database } from '../../src/db/index.ts';
import { cancelRun } from '../../src/features/runs/run-commands.ts';
import { workOnRun } from '../../src/features/runs/engine/index.ts';
import type { RunDependencies } from '../../src/features/runs/engine/index.ts';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

/**
 * Every moment at which a worker can die: before and after each commit of the engine, and before and after each call at the vendor. A death throws out of everything;
 * what was committed stays. Each moment is tried on a person of its own, and the sandbox's journal judges.
 */
class Death extends Error {}
interface Fuse {
  left: number;
  burnt: string | null;
}

function burn(fuse: Fuse, where: string): void {
  fuse.left -= 1;
  if (fuse.left > 0 || fuse.burnt !== null) return;
  fuse.burnt = where;
  throw new Death(where);
}

function mortal(deps: RunDependencies, fuse: Fuse): RunDependencies {
  return { ...deps, timing: { ...deps.timing, peopleAtOnce: { first: 1, most: 1 } }, db: mortalDb(deps.db, fuse), openVendor: async (...source) => {
    const vendor = await deps.openVendor(...source);
    return { ...vendor, apply: async (...call) => {
      burn(fuse, `before ${call[1].verb}`);
      const outcome = await vendor.apply(...call);
      burn(fuse, `after ${call[1].verb}`);
      return outcome;
    } };
  } };
}

/** Dies before or after the commit of each transaction. */
function mortalDb(db: Kysely<Database>, fuse: Fuse): Kysely<Database> {
  const transaction: Kysely<Database>['transaction'] = () => {
    const builder = db.transaction();
    const execute = async (work: (trx: Transaction<Database>) => Promise<unknown>): Promise<unknown> => {
      const result = await builder.execute(async (trx) => {
        const inner = await work(trx);
        burn(fuse, 'before a commit');
        return inner;
      });
      burn(fuse, 'after a commit');
      return result;
    };
    return new Proxy(builder, { get: (target, name): unknown => (name === 'execute' ? execute : Reflect.get(target, name, target)) });
  };
  return new Proxy(db, { get: (target, name): unknown => {
    if (name === 'transaction') return transaction;
    const member: unknown = Reflect.get(target, name, target);
    return typeof member === 'function' ? (...args: unknown[]): unknown => Reflect.apply(member, target, args) : member;
  } });
}

function some<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the world is too small');
  return found;
}

/** People who have Jira by a group and directly, so that each takes two calls. */
async function peopleWithTwoPaths(setup: RunSetup, resourceId: number, ari: string) {
  const everybody = (await setup.database.db.selectFrom('account').select('id').execute()).map((row) => row.id);
  const all = await setup.plan({ action: 'remove-app-access', params: { resourceIds: [resourceId] }, selection: { kind: 'accounts', accountIds: everybody } });
  const rows = await setup.database.db.selectFrom('plan_item as i').innerJoin('account as a', 'a.id', 'i.account_id').where('i.plan_id', '=', all.id).where('i.decision', '=', 'act').orderBy('i.seq').select(['a.id', 'a.vendor_id']).execute();
  const suitable = rows.filter((row) => setup.sandbox.truth.account(row.vendor_id)?.status === 'active' && (setup.sandbox.truth.account(row.vendor_id)?.access.find((access) => access.resourceId === ari)?.paths ?? []).every((path) => path.kind === 'group' && path.role === 'atlassian/user'));
  for (const row of suitable) setup.sandbox.mutate({ kind: 'assignRole', accountId: row.vendor_id, resourceId: ari, role: 'atlassian/user' });
  return suitable;
}

const paths = (account: TrueAccount | undefined, ari: string) => (account?.access.find((one) => one.resourceId === ari)?.paths ?? []).map((path) => (path.kind === 'group' ? path.groupId : path.role)).toSorted();

it.each(['goes on', 'is cancelled'] as const)('a run that dies at any commit or call, and then %s, loses nothing and does nothing twice', { timeout: 180_000 }, async (how) => {
  const setup = await setUpRuns({ users: 700 }, { requestTimeoutMs: 20, consistencyMs: 20, verifyAfterMs: [0, 50, 200], peopleAtOnce: { first: 1, most: 1 } });
  const jira = some((await setup.resources()).find((one) => one.app === 'jira' && one.site === 'acme'));
  const ari = some(setup.sandbox.world.organisation.resources.find((one) => one.app.key === 'jira' && one.site.name === 'acme')).ari;
  const people = await peopleWithTwoPaths(setup, jira.id, ari);
  const died: string[] = [];
  for (let moment = 1; ; moment += 1) {
    const person = some(people[moment - 1]);
    const before = paths(setup.sandbox.truth.account(person.vendor_id), ari);
    expect(before.length).toBeGreaterThanOrEqual(2);
    const runId = await setup.apply(await setup.plan({ action: 'remove-app-access', params: { resourceIds: [jira.id] }, selection: { kind: 'accounts', accountIds: [person.id] } }));
    const mark = setup.sandbox.journal.length;
    const fuse: Fuse = { left: moment, burnt: null };
    const end = await workOnRun(mortal(setup.runDeps, fuse), runId, new AbortController().signal).then(() => null, (error: unknown) => error);
    if (fuse.burnt === null) break;
    expect(end).toBeInstanceOf(Death);
    died.push(fuse.burnt);
    const finished = (await setup.run(runId)).state === 'done';
    if (how === 'is cancelled' && !finished) await cancelRun({ ...setup.deps, jobs: { enqueue: () => Promise.resolve(null) } }, setup.scope, runId);
    await setup.work(runId);
    const effects = setup.sandbox.journal.effects({ afterSeq: mark }).map((one) => `${one.accountId} ${one.groupId ?? one.resourceId}`);
    expect([fuse.burnt, new Set(effects).size]).toEqual([fuse.burnt, effects.length]);
    expect(effects.every((effect) => effect.startsWith(person.vendor_id))).toBe(true);
    const run = await setup.run(runId);
    expect({ at: fuse.burnt, ...run.totals }).toMatchObject({ at: fuse.burnt, pending: 0, intent: 0, applied: 0, uncertain: 0 });
    expect(run.state).toBe(how === 'is cancelled' && !finished ? 'cancelled' : 'done');
    if (run.state === 'done') expect([fuse.burnt, run.totals.verified]).toEqual([fuse.burnt, 1]);
    if (run.totals.verified === 1) expect(paths(setup.sandbox.truth.account(person.vendor_id), ari)).toEqual([]);
    if (run.totals.cancelled === 1) expect(effects).toEqual([]);
    const undo = await setup.undo(runId);
    expect([fuse.burnt, undo.totals?.calls]).toEqual([fuse.burnt, effects.length]);
    if (effects.length > 0) await setup.work(await setup.apply(undo));
    expect([fuse.burnt, paths(setup.sandbox.truth.account(person.vendor_id), ari)]).toEqual([fuse.burnt, before]);
  }
  // Two calls: their rows, intent and outcome of each, the mark, the end, the run's end; each before and after, and each call.
  expect(died.length).toBeGreaterThanOrEqual(20);
  expect(died.filter((where) => where.startsWith('after re')).length).toBeGreaterThanOrEqual(2);
});
