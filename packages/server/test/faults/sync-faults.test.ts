import { describe, expect, it } from 'vitest';
import type { Fault, FaultEffect } from '@rollcall/sandbox';
import { runSync } from '../../src/features/sync/index.ts';
import { setUp } from '../sync/support.ts';
import type { SyncRow, SyncSetup } from '../sync/support.ts';
import { differences, inventoryOf, truthOf } from '../sync/truth.ts';

const ever = 1_000_000;
const always = (operation: string, effect: FaultEffect): Fault => ({ operation, times: ever, effect });
const lists = ['directories.list', 'workspaces.search', 'groups.search', 'groupRoles.list', 'users.search'] as const;
const shape = '{"ok":true}';

async function synced(): Promise<SyncSetup> {
  const all = await setUp({ users: 150, seed: 5 });
  expect(await all.sync()).toMatchObject({ state: 'done', problem: null });
  return all;
}

async function struck(all: SyncSetup, faults: readonly Fault[]): Promise<SyncRow> {
  for (const fault of faults) all.sandbox.faults.add(fault);
  const row = await all.sync();
  all.sandbox.faults.clear();
  return row;
}

describe('a reading that goes wrong for good', () => {
  const cases: readonly (readonly [string, readonly Fault[], string, RegExp])[] = [
    ...lists.map((list) => [`serverError at ${list}`, [always(list, { kind: 'status', status: 502, body: 'html' })], 'transient', /did not answer properly.*status\.atlassian\.com.*Nothing was changed/u] as const),
    ['htmlPage', [always('users.search', { kind: 'status', status: 200, body: 'html' })], 'transient', /not JSON, as from a proxy/u],
    ['wrongJson', [always('users.search', { kind: 'wrongJson', text: shape })], 'transient', /expected shape/u],
    ['emptyBody', [always('groups.search', { kind: 'status', status: 200, body: 'empty' })], 'transient', /expected shape/u],
    ['truncated', [always('users.search', { kind: 'truncate', share: 0.5 })], 'transient', /broke/u],
    ['reset', [always('groupRoles.list', { kind: 'reset' })], 'transient', /connection broke/u],
    ['flood', [always('directories.list', { kind: 'flood', bytes: 34 * 1024 * 1024 })], 'unsupported', /larger than can be right/u],
    ['repeatedCursor', [{ ...always('users.search', { kind: 'repeatCursor' }), skip: 1 }], 'repeatedToken', /same page token twice.*Nothing was changed/u],
  ];

  it('fails with a sentence that says what to do, and the inventory stays as it was', async () => {
    const all = await synced();
    const before = await inventoryOf(all.database.pool);
    for (const [name, faults, code, words] of cases) {
      const row = await struck(all, faults);
      expect([name, row.state, row.problem?.code]).toEqual([name, 'failed', code]);
      expect(row.problem?.text).toMatch(words);
      expect(await inventoryOf(all.database.pool)).toEqual(before);
    }
    // Nothing of it is left behind: the next sync is as good as any.
    expect(await all.sync()).toMatchObject({ state: 'done', problem: null });
    expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
  });

  it.each([
    ['keyRevoked', { kind: 'revokeKey' }, 'auth', /revoked, or it has expired.*Make a new key/u],
    ['adminLost', { kind: 'loseOrgAdmin' }, 'forbidden', /owner must be an organisation administrator/u],
  ] as const)('%s in the middle changes nothing', async (_name, effect, code, words) => {
    const all = await synced();
    const before = await inventoryOf(all.database.pool);
    const row = await struck(all, [{ operation: 'users.search', skip: 1, effect }]);
    expect(row).toMatchObject({ state: 'failed', problem: { code } });
    expect(row.problem?.text).toMatch(words);
    expect(await inventoryOf(all.database.pool)).toEqual(before);
  });

  it.each([
    // A label has at most 63 letters: no resolver finds it.
    ['unknownName', `https://${'a'.repeat(64)}.invalid`, /is not found.*check the base URL/u],
    ['nobodyListens', 'http://127.0.0.1:9', /No connection to|connection broke/u],
  ])('%s changes nothing', async (_name, baseUrl, words) => {
    const all = await synced();
    const before = await inventoryOf(all.database.pool);
    await all.database.db.updateTable('source').set({ settings: JSON.stringify({ baseUrl, organisationId: all.sandbox.orgId }) }).execute();
    const row = await all.sync();
    expect(row).toMatchObject({ state: 'failed', problem: { code: 'transient' } });
    expect(row.problem?.text).toMatch(words);
    expect(await inventoryOf(all.database.pool)).toEqual(before);
  });
});

describe('a reading that tells too little', () => {
  it('lists of nobody, or of 5 %, are held', async () => {
    const all = await synced();
    const before = await inventoryOf(all.database.pool);
    for (const operation of ['directories.list', 'users.search'] as const) {
      const row = await struck(all, [always(operation, { kind: 'partialRead', share: 0.05 })]);
      expect([operation, row.state, row.problem?.code]).toEqual([operation, 'held', 'suspiciouslySmall']);
      expect(await inventoryOf(all.database.pool)).toEqual(before);
      await all.database.db.updateTable('sync').set({ state: 'cancelled' }).where('id', '=', row.id).execute();
    }
  });

  it('of apps, groups or grants too few take nobody out of the inventory, and the next reading has all of them again', async () => {
    const all = await synced();
    const before = (await inventoryOf(all.database.pool)).size;
    for (const operation of ['workspaces.search', 'groups.search', 'groupRoles.list'] as const) {
      expect((await struck(all, [always(operation, { kind: 'partialRead', share: 0.05 })])).state).toBe('done');
      expect((await inventoryOf(all.database.pool)).size).toBe(before);
    }
    await all.sync();
    expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
  });
});

it('what passes is passed: every list once in a page, cut off, limited, repeated, shifted back and empty', async () => {
  const all = await synced();
  const passing: readonly FaultEffect[] = [
    { kind: 'status', status: 429, headers: { 'retry-after': '2' } }, { kind: 'status', status: 429 }, { kind: 'status', status: 500 }, { kind: 'status', status: 200, body: 'html' },
    { kind: 'wrongJson', text: shape }, { kind: 'truncate', share: 0.3 }, { kind: 'reset' }, { kind: 'clockJump', byMs: 3_600_000 }, { kind: 'clockJump', byMs: -3_600_000 },
  ];
  // One after the other: each call meets the next one, so that no page meets more than the tries there are.
  const faults = lists.flatMap((operation, at) => [0, 1, 2].map((skip) => ({ operation, skip, effect: passing[(at * 3 + skip) % passing.length] ?? { kind: 'reset' as const } })));
  const row = await struck(all, [...faults, { operation: 'users.search', skip: 4, effect: { kind: 'duplicates', count: 9 } }, { operation: 'users.search', skip: 5, effect: { kind: 'emptyPageWithCursor' } }]);
  expect(row).toMatchObject({ state: 'done', problem: null });
  expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
});

it('who or what is deleted in the middle is gone in the end, and the sync goes on', async () => {
  const all = await synced();
  const group = all.sandbox.world.groups.find((one) => one.grants.length > 0 && one.members.size > 0 && !one.external);
  const row = await struck(all, [
    { operation: 'lastActiveDates.get', effect: { kind: 'deleteUser' } },
    { operation: 'groupRoles.list', groupId: group?.id ?? '', effect: { kind: 'deleteGroup' } },
  ]);
  expect(row.state).toBe('done');
  expect(await all.sync()).toMatchObject({ state: 'done', problem: null });
  expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
});

it('a wait of an hour keeps the place, and a clock of ours that jumps in the middle leaves the day on which the reading began', async () => {
  const all = await synced();
  all.sandbox.faults.add({ operation: 'users.search', skip: 1, effect: { kind: 'status', status: 429, headers: { 'retry-after': '3600' } } });
  const id = await all.queue();
  const outcome = await runSync(all.deps, id, new AbortController().signal);
  expect(outcome.kind === 'waits' && outcome.until.getTime() > Date.now() + 3_000_000).toBe(true);
  // Taken up again by a node whose clock is a week ahead.
  const ahead = (): Date => new Date(Date.now() + 7 * 86_400_000);
  await runSync({ ...all.deps, now: ahead }, id, new AbortController().signal);
  expect(await all.row(id)).toMatchObject({ state: 'done', problem: null });
  expect(differences(truthOf(all.sandbox), await inventoryOf(all.database.pool))).toEqual([]);
  const { rows } = await all.database.pool.query<{ last: Date }>('select last_full_read_at as last from source');
  expect(rows[0]?.last.getTime()).toBeLessThanOrEqual(Date.now());
});
