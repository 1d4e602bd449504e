import { expect, it } from 'vitest';
import { cancelSync, confirmSync } from '../../src/features/sync/end-sync.ts';
import { systemScope } from '../../src/app/scope.ts';
import { runSync } from '../../src/features/sync/index.ts';
import { setUp } from './support.ts';
import type { SyncSetup } from './support.ts';
import { differences, inventoryOf, truthOf } from './truth.ts';

/** Stops a sync after so many answers of the vendor, as a killed node would: its signal is aborted in the middle of a page. */
async function stopAfter({ deps, sandbox }: SyncSetup, id: string, operation: string, calls: number): Promise<void> {
  const stop = new AbortController();
  sandbox.faults.add({ operation, skip: calls, times: 1, effect: { kind: 'timeout' } });
  const running = runSync(deps, id, stop.signal);
  running.catch(() => undefined);
  await expect.poll(() => sandbox.faults.list().some((one) => one.struck > 0), { timeout: 20_000 }).toBe(true);
  stop.abort(new Error('killed'));
  await expect(running).rejects.toThrow('killed');
  sandbox.faults.clear();
}

it.each([['groups.search', 0], ['groupRoles.list', 5], ['users.search', 2], ['lastActiveDates.get', 7]] as const)('goes on where it was stopped: %s after %i', async (operation, calls) => {
  const all = await setUp({ users: 600, seed: 11 });
  const id = await all.queue();
  await stopAfter(all, id, operation, calls);
  expect((await all.row(id)).state).toBe('running');
  await runSync(all.deps, id, new AbortController().signal);
  expect(await all.row(id)).toMatchObject({ state: 'done', problem: null });
  expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
});

it('does not read again what was saved before it was stopped', async () => {
  const all = await setUp({ users: 600, seed: 12 });
  const id = await all.queue();
  await stopAfter(all, id, 'users.search', 5);
  const { rows } = await all.database.pool.query("select step, done from sync_step where sync_id = $1 and step in ('directories', 'groups')", [id]);
  expect(rows).toEqual(expect.arrayContaining([{ step: 'directories', done: true }, { step: 'groups', done: true }]));
  const groups = all.sandbox.requestCounts()['groups.search'];
  await runSync(all.deps, id, new AbortController().signal);
  expect(all.sandbox.requestCounts()['groups.search']).toBe(groups);
});

it('writes nothing when another worker has taken the sync over', async () => {
  const all = await setUp({ users: 300 });
  const id = await all.queue();
  all.sandbox.faults.add({ operation: 'users.search', skip: 1, times: 1, effect: { kind: 'delay', ms: 1500 } });
  const first = runSync(all.deps, id, new AbortController().signal);
  await expect.poll(() => all.sandbox.faults.list().some((one) => one.struck > 0), { timeout: 20_000 }).toBe(true);
  await Promise.all([first, runSync(all.deps, id, new AbortController().signal)]);
  expect((await all.row(id)).state).toBe('done');
  expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
  const { rows } = await all.database.pool.query("select count(*)::int as n from audit_event where kind = 'sync.done'");
  expect(rows).toEqual([{ n: 1 }]);
});

it('a worker that fails after another one has taken the sync over leaves what is staged alone', async () => {
  const all = await setUp({ users: 300 });
  const id = await all.queue();
  const reads = Promise.withResolvers<undefined>();
  const fail = Promise.withResolvers<undefined>();
  const slow = { ...all.deps, openVendor: async (...args: Parameters<typeof all.deps.openVendor>) => {
    const vendor = await all.deps.openVendor(...args);
    return { ...vendor, read: async (...page: Parameters<typeof vendor.read>) => {
      if (page[0] === 'accounts') {
        reads.resolve(undefined);
        await fail.promise;
        throw new Error('the line broke');
      }
      return vendor.read(...page);
    } };
  } };
  const first = runSync(slow, id, new AbortController().signal);
  await reads.promise;
  let pages = 0;
  const second = { ...all.deps, openVendor: async (...args: Parameters<typeof all.deps.openVendor>) => {
    const vendor = await all.deps.openVendor(...args);
    return { ...vendor, read: async (...page: Parameters<typeof vendor.read>) => {
      if (page[0] === 'accounts') pages += 1;
      else if (pages > 0) {
        fail.resolve(undefined);
        await first;
      }
      return vendor.read(...page);
    } };
  } };
  await runSync(second, id, new AbortController().signal);
  expect(await all.row(id)).toMatchObject({ state: 'done', problem: null });
  expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
});

it('is cancelled within a page, and leaves the inventory as it was', async () => {
  const all = await setUp({ users: 400, latencyMs: 60 });
  await all.sync();
  const before = await inventoryOf(all.database.pool);
  const id = await all.queue();
  const running = runSync(all.deps, id, new AbortController().signal);
  await expect.poll(async () => (await all.row(id)).progress['step'], { timeout: 20_000 }).toBe('grants');
  await cancelSync({ ...all.deps, jobs: { enqueue: () => Promise.resolve(null) } }, systemScope(all.workspaceId, new Set()), id);
  await running;
  expect((await all.row(id)).state).toBe('cancelled');
  expect(await inventoryOf(all.database.pool)).toEqual(before);
  expect((await all.database.pool.query('select 1 from staged_group')).rowCount).toBe(0);
});

it.each(['take', 'drop'] as const)('holds a reading that has shrunk, and does what is decided: %s', async (decision) => {
  const all = await setUp({ users: 300 });
  await all.sync();
  const before = await inventoryOf(all.database.pool);
  all.sandbox.faults.add({ operation: 'users.search', times: 1000, effect: { kind: 'partialRead', share: 0.3 } });
  const held = await all.sync();
  expect(held).toMatchObject({ state: 'held', problem: { code: 'suspiciouslySmall' } });
  expect(await inventoryOf(all.database.pool)).toEqual(before);
  const woken: string[] = [];
  await confirmSync({ ...all.deps, jobs: { enqueue: () => { woken.push(held.id); return Promise.resolve('job'); } } }, systemScope(all.workspaceId, new Set()), held.id, decision);
  if (decision === 'drop') {
    expect([(await all.row(held.id)).state, woken]).toEqual(['cancelled', []]);
    expect(await inventoryOf(all.database.pool)).toEqual(before);
  } else {
    expect(woken).toEqual([held.id]);
    await runSync(all.deps, held.id, new AbortController().signal);
    expect((await all.row(held.id)).state).toBe('done');
    expect((await inventoryOf(all.database.pool)).size).toBeLessThan(before.size * 0.5);
  }
});

it('fails with a clear sentence when the key is revoked in the middle, and changes nothing', async () => {
  const all = await setUp({ users: 300 });
  await all.sync();
  const before = await inventoryOf(all.database.pool);
  all.sandbox.faults.add({ operation: 'users.search', skip: 1, effect: { kind: 'revokeKey' } });
  const failed = await all.sync();
  expect(failed.state).toBe('failed');
  expect(failed.problem).toMatchObject({ code: 'auth' });
  expect(failed.problem?.text).toContain('Make a new key');
  expect(await inventoryOf(all.database.pool)).toEqual(before);
  expect(JSON.stringify(failed) + all.logged.join('\n')).not.toContain(all.sandbox.keys.full);
});

it('goes on without what is optional, and says so', async () => {
  const all = await setUp({ users: 120 });
  all.sandbox.faults.add({ operation: 'lastActiveDates.get', times: 10_000, effect: { kind: 'status', status: 403 } });
  const done = await all.sync();
  expect(done).toMatchObject({ state: 'done', problem: { code: 'partlyRead' } });
});

it('waits when the vendor says so for long, and keeps its place', async () => {
  const all = await setUp({ users: 120 });
  all.sandbox.faults.add({ operation: 'users.search', times: 1, effect: { kind: 'status', status: 429, headers: { 'retry-after': '600' } } });
  const id = await all.queue();
  const outcome = await runSync(all.deps, id, new AbortController().signal);
  expect(outcome.kind).toBe('waits');
  expect((await all.row(id)).state).toBe('running');
  await runSync(all.deps, id, new AbortController().signal);
  expect((await all.row(id)).state).toBe('done');
});

it.each([
  ['duplicates within pages', { kind: 'duplicates', count: 5 }],
  ['pages that repeat', { kind: 'shiftPages', by: -3 }],
  ['empty pages', { kind: 'emptyPageWithCursor' }],
] as const)('survives %s', async (_name, effect) => {
  const all = await setUp({ users: 350 });
  all.sandbox.faults.add({ operation: 'users.search', skip: 1, times: 1, effect });
  expect(await all.sync()).toMatchObject({ state: 'done', problem: null });
  expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
});

it('ends when the vendor repeats itself', async () => {
  const all = await setUp({ users: 350 });
  all.sandbox.faults.add({ operation: 'users.search', skip: 1, times: 1000, effect: { kind: 'repeatCursor' } });
  expect(await all.sync()).toMatchObject({ state: 'failed', problem: { code: 'repeatedToken' } });
});
