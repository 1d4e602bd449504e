import { startSandbox } from '@rollcall/sandbox';
import { expect, it } from 'vitest';
import { listRunItems } from '../../src/features/runs/run-items.ts';
import { setUpRuns } from '../runs/support.ts';

const removal = { action: 'remove-app-access' as const, selection: { kind: 'query' as const, q: 'app = jira AND site = acme AND usage = inactive AND status = active', period: '90d' } };
const world = { users: 200, seed: 11 } as const;

/** How many hold a seat of Jira on acme in this world, by the world's own word. */
async function seatsTaken(): Promise<number> {
  const sandbox = await startSandbox(world);
  const taken = [...sandbox.truth.accounts()].filter((one) => one.accountType === 'atlassian' && one.status === 'active' && one.access.some((access) => access.app === 'jira' && access.site === 'acme' && access.hasAccess)).length;
  await sandbox.close();
  return taken;
}

it('an undo that meets the licence limit gives back as far as seats are free, says so of the others, and gives back the rest once there are seats', async () => {
  const setup = await setUpRuns({ ...world, seats: { 'jira@acme': await seatsTaken() } });
  const { sandbox } = setup;
  const groupsOf = (accountId: string): string => JSON.stringify(sandbox.truth.account(accountId)?.groups.map(({ id }) => id).toSorted());
  const first = sandbox.journal.length;
  const runId = await setup.apply(await setup.plan(removal), 6);
  await setup.work(runId);
  expect((await setup.run(runId)).totals).toMatchObject({ verified: 6 });
  const people = [...new Set(sandbox.journal.effects({ afterSeq: first }).flatMap(({ accountId }) => (accountId === undefined ? [] : [accountId])))];
  expect(people.length).toBe(6);
  // Meanwhile four others were hired, and took seats.
  const jiraUsers = sandbox.world.groups.find(({ name }) => name === 'jira-users-acme')?.id ?? '';
  const hired = [...sandbox.truth.accounts()].filter((one) => one.kind === 'person' && one.status === 'active' && !people.includes(one.accountId) && !one.access.some((access) => access.app === 'jira' && access.site === 'acme' && access.hasAccess)).slice(0, 4);
  for (const { accountId } of hired) sandbox.mutate({ kind: 'addToGroup', accountId, groupId: jiraUsers });

  const undo = await setup.undo(runId);
  const undoId = await setup.apply(undo);
  expect(await setup.work(undoId)).toBeNull();
  expect(await setup.run(undoId)).toMatchObject({ state: 'done', totals: { verified: 2, failed: 4, uncertain: 0, pending: 0 } });
  const failed = (await listRunItems(setup.database.db, undoId, { limit: 10 })).items.filter((item) => item.state === 'failed');
  for (const item of failed) expect(item).toMatchObject({ reason: { code: 'quota' } });
  expect(JSON.stringify(failed)).toMatch(/user limit|licen[cs]e|seat/iu);

  for (const { accountId } of hired) sandbox.mutate({ kind: 'removeFromGroup', accountId, groupId: jiraUsers });
  const mark = sandbox.journal.length;
  const again = await setup.undo(runId);
  expect(again.totals).toMatchObject({ act: 4 });
  const againId = await setup.apply(again);
  await setup.work(againId);
  expect((await setup.run(againId)).totals).toMatchObject({ verified: 4, failed: 0 });
  // Some have two groups: each of them once, and nobody else.
  const given = sandbox.journal.effects({ afterSeq: mark, actor: 'full' });
  expect(new Set(given.map(({ accountId, groupId }) => `${accountId} ${groupId}`)).size).toBe(given.length);
  expect(new Set(given.map(({ accountId }) => accountId))).toEqual(new Set(failed.map(({ vendorId }) => vendorId)));
  const before = await startSandbox(world);
  for (const accountId of people) expect(groupsOf(accountId)).toBe(JSON.stringify(before.truth.account(accountId)?.groups.map(({ id }) => id).toSorted()));
  await before.close();
});
