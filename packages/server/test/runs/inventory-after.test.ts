import { expect, it, vi } from 'vitest';
import { askInventory, readUseTotals } from '../../src/features/inventory/index.ts';
import { countAccounts } from '../../src/features/inventory/count.ts';
import { readDetail } from '../../src/features/accounts/read-detail.ts';
import { settleOwed } from '../../src/features/runs/owed-inventory.ts';
import { recheckItem } from '../../src/features/runs/recheck-item.ts';
import { runSync } from '../../src/features/sync/index.ts';
import { settleByHand } from '../../src/features/runs/run-commands.ts';
import { listRunItems } from '../../src/features/runs/run-items.ts';
import { setUpRuns } from './support.ts';
import type { RunSetup } from './support.ts';

const removal = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const jobs = { enqueue: () => Promise.resolve(null) };

const ask = (setup: RunSetup, q = '') => askInventory(setup.deps.db, setup.scope, { q, period: '90d' }, setup.deps.now());
const holders = async (setup: RunSetup): Promise<number> => (await countAccounts(setup.deps.db, await ask(setup, 'app = jira AND site = acme AND status = active'), false)).accounts;

/** Whether the vendor gives this person Jira on acme, by the sandbox's own world. */
function holdsJira(setup: RunSetup, vendorId: string): boolean {
  return setup.sandbox.truth.account(vendorId)?.access.some((one) => one.app === 'jira' && one.site === 'acme' && one.hasAccess) === true;
}

async function jiraOf(setup: RunSetup, accountId: number) {
  const detail = await readDetail(setup.deps.db, setup.scope, await ask(setup), accountId);
  return { observed: detail.observed, jira: detail.accesses.find((one) => one.app === 'jira' && one.site === 'acme') };
}

/** The counts that Home and the totals show are what counting the rows gives. */
async function expectTrueCounts(setup: RunSetup): Promise<void> {
  const shown = new Map((await readUseTotals(setup.deps.db, await ask(setup))).filter(({ holders: n }) => n > 0).map((one) => [one.resourceId, one.holders]));
  const { rows } = await setup.database.pool.query<{ id: number; n: number }>("select x.resource_id as id, count(*)::int as n from access x join account a on a.id = x.account_id where x.holding <> 'none' and a.status = 'active' and a.gone_at is null group by 1");
  expect(rows.length).toBeGreaterThan(0);
  expect(shown).toEqual(new Map(rows.map(({ id, n }) => [id, n])));
}

it('shows what a run verified at once, in counts and on the page of the person, and what its undo gave back', async () => {
  const setup = await setUpRuns({ users: 300 });
  const before = await holders(setup);
  const runId = await setup.apply(await setup.plan(removal), 2);
  await setup.work(runId);
  expect(await setup.run(runId)).toMatchObject({ state: 'paused' });
  const done = (await listRunItems(setup.deps.db, runId, { state: 'verified', limit: 10 })).items;
  expect(done.length).toBe(2);
  // The run stands in the middle: nothing but the rows of its people was counted anew.
  expect(await holders(setup)).toBe(before - 2);
  await expectTrueCounts(setup);
  for (const { accountId, vendorId } of done) {
    expect(holdsJira(setup, vendorId)).toBe(false);
    expect(await jiraOf(setup, accountId)).toMatchObject({ observed: { by: 'run', runId }, jira: { holding: 'none', paths: [] } });
  }
  await setup.work(await setup.apply(await setup.undo(runId)));
  expect(await holders(setup)).toBe(before);
  for (const { accountId, vendorId } of done) {
    expect(holdsJira(setup, vendorId)).toBe(true);
    expect((await jiraOf(setup, accountId)).jira).toMatchObject({ holding: 'has', paths: [{ kind: 'group' }] });
  }
  await expectTrueCounts(setup);
});

it('does not let a reading that was begun before the run turn its people back, and takes a later one', async () => {
  const setup = await setUpRuns({ users: 300 });
  const before = await holders(setup);
  const runId = await setup.apply(await setup.plan(removal), 3);
  // Everything is read; then the run works; then what was read is taken in.
  const syncId = await setup.queue();
  await runSync({ ...setup.deps, atCommit: async (point, write) => {
    if (point === 'sync.finalising') await setup.work(runId);
    return write();
  } }, syncId, new AbortController().signal);
  expect((await setup.row(syncId)).state).toBe('done');
  const [first, ...others] = (await listRunItems(setup.deps.db, runId, { state: 'verified', limit: 10 })).items;
  if (first === undefined) throw new Error('The run should have verified somebody.');
  expect(await holders(setup)).toBe(before - 1 - others.length);
  for (const { accountId, vendorId } of [first, ...others]) {
    expect(holdsJira(setup, vendorId)).toBe(false);
    expect((await jiraOf(setup, accountId)).jira).toMatchObject({ holding: 'none', paths: [] });
  }
  await expectTrueCounts(setup);
  // Given back by somebody else at the vendor: a reading begun after the run says so.
  const { rows: [taken] } = await setup.database.pool.query<{ group: string }>("select call ->> 'groupId' as group from run_call where run_item_id = $1", [first.id]);
  if (taken === undefined) throw new Error('The row should have a call.');
  setup.sandbox.mutate({ kind: 'addToGroup', accountId: first.vendorId, groupId: taken.group });
  await setup.sync();
  expect(await jiraOf(setup, first.accountId)).toMatchObject({ observed: null, jira: { holding: 'has', paths: [{ kind: 'group' }] } });
  await expectTrueCounts(setup);
});

it('waits for no reading that is being taken in: the run ends, and the inventory learns of it afterwards', async () => {
  const setup = await setUpRuns({ users: 300 });
  const before = await holders(setup);
  const plan = await setup.plan(removal);
  const runId = await setup.apply(plan);
  const other = await setup.database.pool.connect();
  // The last table that a sync writes is held: it stands in the middle of taking its reading in, with its locks.
  await other.query('begin; lock table account_count in exclusive mode');
  const syncing = runSync(setup.deps, await setup.queue(), new AbortController().signal);
  await vi.waitFor(async () => {
    const { rows } = await setup.database.pool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%account_count%'");
    expect(rows.length).toBe(1);
  }, { timeout: 20_000, interval: 50 });
  await setup.work(runId);
  expect((await setup.run(runId)).state).toBe('done');
  const done = (await listRunItems(setup.deps.db, runId, { state: 'verified', limit: 200 })).items;
  expect(done.length).toBeGreaterThan(3);
  for (const { vendorId } of done) expect(holdsJira(setup, vendorId)).toBe(false);
  // Who asks for a re-check is told at once; and what is owed waits.
  await expect(recheckItem({ ...setup.deps, jobs }, setup.scope, runId, done[0]?.id ?? 0, new AbortController().signal)).rejects.toMatchObject({ facts: { code: 'overloaded' } });
  await settleOwed(setup.deps);
  expect(await holders(setup)).toBe(before);
  await other.query('rollback');
  other.release();
  await syncing;
  await settleOwed(setup.deps);
  expect(await holders(setup)).toBe(before - done.length);
  for (const { accountId } of done) expect(await jiraOf(setup, accountId)).toMatchObject({ observed: { by: 'run', runId }, jira: { holding: 'none', paths: [] } });
  await expectTrueCounts(setup);
  const memberships = await setup.database.pool.query('select from group_member');
  expect(memberships.rows.length).toBe([...setup.sandbox.truth.accounts()].reduce((sum, { groups }) => sum + groups.length, 0));
});

it('brings nothing to the inventory that is older than what was read since', async () => {
  const setup = await setUpRuns({ users: 300 });
  const runId = await setup.apply(await setup.plan(removal), 3);
  const other = await setup.database.pool.connect();
  await other.query("begin; select pg_advisory_xact_lock(hashtext('realm'), id) from realm");
  await setup.work(runId);
  await other.query('rollback');
  other.release();
  const [asked, read, gone] = (await listRunItems(setup.deps.db, runId, { state: 'verified', limit: 10 })).items;
  if (asked === undefined || read === undefined || gone === undefined) throw new Error('The run should have verified three people.');
  for (const { id, vendorId } of [asked, read]) {
    const { rows: [taken] } = await setup.database.pool.query<{ group: string }>("select call ->> 'groupId' as group from run_call where run_item_id = $1", [id]);
    setup.sandbox.mutate({ kind: 'addToGroup', accountId: vendorId, groupId: taken?.group ?? '' });
  }
  await recheckItem({ ...setup.deps, jobs }, setup.scope, runId, asked.id, new AbortController().signal);
  await setup.sync();
  await settleOwed(setup.deps);
  for (const { accountId, vendorId } of [asked, read, gone]) expect((await jiraOf(setup, accountId)).jira?.holding).toBe(holdsJira(setup, vendorId) ? 'has' : 'none');
  expect((await setup.database.pool.query('select from run_item where inventory_owed')).rows).toEqual([]);
  await expectTrueCounts(setup);
});

it('shows after a re-check of a row what the vendor says, and after a settlement what was said by hand', async () => {
  const setup = await setUpRuns({ users: 300 });
  const plan = await setup.plan(removal);
  const runId = await setup.apply(plan, 1);
  setup.sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'dropAfterWrite', how: 'reset' } });
  setup.sandbox.faults.add({ operation: 'users.search', skip: 1, times: 1_000, effect: { kind: 'status', status: 403 } });
  await setup.work(runId);
  setup.sandbox.faults.clear();
  const [item] = (await listRunItems(setup.deps.db, runId, { state: 'uncertain', limit: 10 })).items;
  if (item === undefined) throw new Error('The row should be uncertain.');
  expect((await jiraOf(setup, item.accountId)).jira).toMatchObject({ holding: 'has' });
  await settleByHand({ ...setup.deps, jobs }, setup.scope, runId, item.id, 'applied', 'Looked at admin.atlassian.com.');
  // Somebody's word shows, but it is no reading of the vendor.
  expect(await jiraOf(setup, item.accountId)).toMatchObject({ observed: null, jira: { holding: 'none', paths: [] } });
  await expectTrueCounts(setup);
  const { rows: [taken] } = await setup.database.pool.query<{ group: string }>("select call ->> 'groupId' as group from run_call where run_item_id = $1", [item.id]);
  setup.sandbox.mutate({ kind: 'addToGroup', accountId: item.vendorId, groupId: taken?.group ?? '' });
  setup.sandbox.mutate({ kind: 'suspend', accountId: item.vendorId });
  await recheckItem({ ...setup.deps, jobs }, setup.scope, runId, item.id, new AbortController().signal);
  expect(await jiraOf(setup, item.accountId)).toMatchObject({ observed: { by: 'recheck', runId: null }, jira: { paths: [{ kind: 'group' }] } });
  await expectTrueCounts(setup);
});
