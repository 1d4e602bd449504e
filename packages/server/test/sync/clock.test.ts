import { expect, it } from 'vitest';
import { enqueueDueSyncs } from '../../src/features/sync/schedule-syncs.ts';
import { runSync } from '../../src/features/sync/index.ts';
import { setUp } from './support.ts';

const hourMs = 3_600_000;
const jobs = { enqueue: () => Promise.resolve(null) };

it.each([30 * hourMs, -30 * hourMs])('the clock is set by %i ms in the middle of a reading: nobody is lost, and it knows nothing of a day to come', async (jumpMs) => {
  const setup = await setUp({ users: 120 });
  await setup.sync();
  const { pool } = setup.database;
  const standing = async () => (await pool.query<Record<string, number>>('select (select count(*)::int from account where gone_at is null) as accounts, (select count(*)::int from access) as accesses, (select count(*)::int from group_member) as members')).rows[0];
  const before = await standing();
  let aheadMs = jumpMs > 0 ? jumpMs : 0;
  const now = (): Date => new Date(Date.now() + aheadMs);
  const set = (): void => { aheadMs = jumpMs > 0 ? 0 : jumpMs; };
  let pages = 0;
  const deps = { ...setup.deps, now, openVendor: async (...args: Parameters<typeof setup.deps.openVendor>) => {
    const vendor = await setup.deps.openVendor(...args);
    return { ...vendor, read: (...page: Parameters<typeof vendor.read>) => {
      pages += 1;
      if (pages === 3) set();
      return vendor.read(...page);
    } };
  } };
  const syncId = await setup.queue();
  expect(await runSync(deps, syncId, new AbortController().signal)).toEqual({ kind: 'ended' });
  expect(await setup.row(syncId)).toMatchObject({ state: 'done' });
  expect(await standing()).toEqual(before);
  const { rows } = await pool.query('select count(*)::int as ahead from evidence e, source s where e.known_through > ($1::timestamptz at time zone s.time_zone)::date or s.last_full_read_at > $1::timestamptz', [new Date(Date.now() + aheadMs + 60_000)]);
  expect(rows).toEqual([{ ahead: 0 }]);
});

it('a sync that was put off before the clock was set back comes after one interval', async () => {
  const setup = await setUp({ users: 10 });
  const { db } = setup.database;
  const dueIn = async (): Promise<number> => {
    const { next_sync_at: at } = await db.selectFrom('source').where('id', '=', setup.sourceId).select('next_sync_at').executeTakeFirstOrThrow();
    return ((at?.getTime() ?? 0) - Date.now()) / 60_000;
  };
  const put = (minutes: number) => db.updateTable('source').set({ sync_every_minutes: 60, next_sync_at: new Date(Date.now() + minutes * 60_000) }).where('id', '=', setup.sourceId).execute();
  await put(40);
  await enqueueDueSyncs({ ...setup.deps, jobs });
  expect(await dueIn()).toBeLessThan(41);
  await put(360);
  await enqueueDueSyncs({ ...setup.deps, jobs });
  expect(await dueIn()).toBeGreaterThan(55);
  expect(await dueIn()).toBeLessThan(61);
});
