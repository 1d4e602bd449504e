import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser, openPage, scrollsSideways } from '../../packages/web/test/support/browser.ts';
import type { WatchedPage } from '../../packages/web/test/support/browser.ts';
import { confirmNumber, numberIn, openApply } from './support/apply-dialog.ts';
import { expectAccessible } from './support/both-themes.ts';
import { changeDatabase } from './support/change-database.ts';
import { connectSource } from './support/connect-source.ts';
import { callApi, makePlan, onlySource, unusedAccess } from './support/plans.ts';
import { startRollcall } from './support/rollcall.ts';
import type { Rollcall } from './support/rollcall.ts';
import { administrator, makeFirstAdministrator } from './support/steps.ts';
import { textOf } from './support/text-of.ts';

/** The product's own waits for a vendor that shows changes late are minutes. */
const runTiming = { requestTimeoutMs: 100, consistencyMs: 100, verifyAfterMs: [0, 100, 300, 600], peopleAtOnce: { first: 2, most: 2 } } as const;

let rollcall: Rollcall;
let browser: Browser;
let opened: WatchedPage;
let page: Page;

/** Accounts from which a membership was taken since a point in the journal, each once for each removal. */
function takenSince(afterSeq: number): readonly string[] {
  return rollcall.sandbox.journal.effects({ afterSeq, effect: 'membershipRemoved' }).map(({ accountId }) => accountId ?? '');
}

async function numberOn(name: RegExp): Promise<number> {
  const button = page.getByRole('button', { name });
  return (await button.count()) === 0 ? 0 : Number(/\d+/.exec((await button.textContent()) ?? '')?.[0]);
}

async function openPlan(id: string): Promise<void> {
  await page.goto(`${rollcall.url}/plans/${id}`);
  await page.getByRole('grid', { name: 'Rows of the plan' }).getByRole('link').first().waitFor();
}

describe.skipIf(!hasBrowser)('plans and runs', () => {
  beforeAll(async () => {
    rollcall = await startRollcall({ sandbox: { users: 400 }, runTiming });
    browser = await launchBrowser();
    opened = await makeFirstAdministrator(browser, rollcall, { expectedStatuses: [404, 409, 502] });
    page = opened.page;
    await connectSource(page, rollcall, { caps: { people: 500, percent: 100 }, typeBackFrom: 5 });
  });
  afterAll(async () => {
    await opened.close();
    await browser.close();
    await rollcall.close();
  });

  test('a short period needs a reason, a tighter cap refuses the plan as a whole, and what belongs to the identity provider is a file', async () => {
    const query = 'app = jira AND site = acme AND usage = inactive AND status = active';
    await page.goto(`${rollcall.url}/inventory?${new URLSearchParams({ q: query, period: '10d' }).toString()}`);
    await page.getByRole('checkbox', { name: /^Select all .* matching rows$/ }).click();
    await page.getByRole('button', { name: 'Remove app access…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove app access' });
    const reason = dialog.getByRole('textbox', { name: 'Why a short period is right' });
    await dialog.getByText("The period is 10 days, the workspace's shortest is 30").waitFor();
    await reason.fill('too short');
    await dialog.getByText('Write at least 10 characters.').waitFor();
    const make = dialog.getByRole('button', { name: 'Make the plan' });
    expect(await make.isDisabled()).toBe(true);
    await dialog.getByText('More limits').click();
    await dialog.getByRole('textbox', { name: 'At most', exact: true }).fill('2');
    await reason.fill('The project ended last week');
    await expectAccessible(page);
    await make.click();
    await page.waitForURL(/\/plans\//);
    await page.getByText(/Refused: Cap by number of people\./).waitFor();
    await page.getByText(/^\d+ people are more than the cap of 2\./).waitFor();
    await page.getByText('The period is only 10 days, allowed with this reason: The project ended last week').waitFor();
    expect(await page.getByRole('button', { name: 'Apply…' }).count()).toBe(0);
    await expectAccessible(page);

    await page.getByRole('button', { name: 'More', exact: true }).click();
    const [removals] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /Removal file/ }).click()]);
    const lines = (await textOf(removals)).trim().split('\n').slice(1);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [accountId = '', , , group = ''] = line.split(',');
      expect(rollcall.sandbox.truth.account(accountId)?.groups.map(({ name }) => name)).toContain(group);
    }
    await page.getByRole('link', { name: 'Open the same query in the inventory' }).click();
    await page.waitForURL(/\/inventory/);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ q: query, period: '10d' });
    expect(takenSince(0)).toEqual([]);
    expect(opened.problems).toEqual([]);
  });

  test('a pilot stops after the first few; the rest is paused, goes on, and is cancelled: nobody beyond is touched', async () => {
    const { sandbox } = rollcall;
    const plan = await makePlan(page, rollcall, unusedAccess('jira', 'acme'));
    const people = plan.totals?.act ?? 0;
    await openPlan(plan.id);
    const whole = await openApply(page, people);
    await numberIn(whole).fill(String(people + 1));
    await whole.getByText('That is not the number of people in this plan.').waitFor();
    await whole.getByText('Pilot: only the first few people').click();
    // The title names the pilot from here on.
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'People in the pilot' }).fill('3');
    const apply = dialog.getByRole('button', { name: 'Apply the pilot' });
    expect(await apply.isDisabled()).toBe(true);
    await numberIn(dialog).fill(String(people));
    await apply.click();
    await page.waitForURL(/\/run-logs\//);
    await page.getByRole('button', { name: 'Go on with the rest' }).waitFor();
    await page.getByText(`Pilot: 3 of 3 people done; ${people - 3} wait for your word`).waitFor();
    expect(new Set(takenSince(0)).size).toBe(3);
    await expectAccessible(page);
    sandbox.faults.add({ operation: 'memberships.remove', times: 1_000, effect: { kind: 'delay', ms: 400 } });
    // The next person is open when the run goes on, by somebody else's word: what the drawer says follows.
    await page.getByRole('grid', { name: 'People of the run' }).getByRole('link').nth(3).click();
    await page.getByRole('dialog').getByText('Still to do', { exact: true }).waitFor();
    await callApi(page, rollcall, 'POST', `/runs/${new URL(page.url()).pathname.split('/').at(-1) ?? ''}/resume`, 200);
    await page.getByRole('dialog').getByText('Verified', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('Paused by hand.').waitFor();
    await page.getByRole('button', { name: /^Under way/ }).waitFor({ state: 'detached' });
    await expect.poll(() => numberOn(/^Verified/), { timeout: 15_000 }).toBe(new Set(takenSince(0)).size);
    const atPause = takenSince(0).length;
    await expectAccessible(page);
    expect(takenSince(0).length).toBe(atPause);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => takenSince(0).length).toBeGreaterThan(atPause);
    await page.getByRole('button', { name: 'Cancel the run…' }).click();
    await page.getByRole('dialog', { name: 'Cancel the run?' }).getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText(/^The run was cancelled: \d+ people were not begun\.$/).waitFor();
    sandbox.faults.clear();
    const [verified, cancelled] = [await numberOn(/^Verified/), await numberOn(/^Cancelled/)];
    expect(verified + cancelled).toBe(people);
    expect(new Set(takenSince(0)).size).toBe(verified);
    await page.getByText(`${verified} people no longer have access to Jira (acme); verified.`).waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('the undo of a cancelled run gives back what was taken, and says who gets nothing back', async () => {
    const { sandbox } = rollcall;
    const taken = [...new Set(takenSince(0))];
    const [gone = '', ...others] = taken;
    sandbox.mutate({ kind: 'deactivate', accountId: gone });
    const sync = await callApi(page, rollcall, 'POST', `/sources/${await onlySource(page, rollcall)}/syncs`, 202);
    await page.request.get(`${rollcall.url}/api/v1/syncs/${String(Object(sync).id)}/events`, { headers: { accept: 'text/event-stream' } });
    await page.getByRole('button', { name: 'Undo…' }).click();
    await page.getByRole('heading', { level: 1, name: 'Undo: Remove app access' }).waitFor();
    await page.getByText('1 person is left as they are, for the reason below.').waitFor();
    await page.getByRole('button', { name: /Deactivated since: nothing is given back/ }).click();
    await page.getByText('The account is deactivated or waits for deletion: nothing is given back to it.').first().waitFor();
    await expectAccessible(page);
    const mark = sandbox.journal.length;
    await (await confirmNumber(page, others.length)).getByRole('button', { name: 'Apply', exact: true }).click();
    await page.waitForURL(/\/run-logs\//);
    await page.getByText(`${others.length} people have back what was taken; verified.`).waitFor();
    const given = sandbox.journal.effects({ afterSeq: mark, effect: 'membershipAdded' }).map(({ accountId }) => accountId);
    expect(new Set(given)).toEqual(new Set(others));
    expect(opened.problems).toEqual([]);
  });

  test('a row that nobody can tell of is settled by hand, then corrected by a re-check; the run log is a file', async () => {
    const { sandbox } = rollcall;
    const plan = await makePlan(page, rollcall, unusedAccess('confluence', 'acme'));
    const mark = sandbox.journal.length;
    await openPlan(plan.id);
    await (await confirmNumber(page, plan.totals?.act ?? 0)).getByText('Pilot: only the first few people').click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'People in the pilot' }).fill('1');
    sandbox.faults.add({ operation: 'memberships.remove', effect: { kind: 'dropAfterWrite', how: 'reset' } });
    sandbox.faults.add({ operation: 'users.search', skip: 1, times: 1_000, effect: { kind: 'status', status: 403 } });
    await page.getByRole('dialog').getByRole('button', { name: 'Apply the pilot' }).click();
    await page.getByRole('button', { name: 'Uncertain 1' }).click();
    await page.getByRole('grid', { name: 'People of the run' }).getByRole('link').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Re-check now' }).click();
    await drawer.getByText('The vendor could not be reached').waitFor();
    const settle = drawer.getByRole('button', { name: 'Settle', exact: true });
    await drawer.getByRole('textbox', { name: 'How do you know?' }).fill('It still shows at admin.atlassian.com');
    expect(await settle.isDisabled()).toBe(true);
    await drawer.getByText('It did not').click();
    await expectAccessible(page);
    await settle.click();
    await drawer.getByText(`Settled by hand by ${administrator.name}: It still shows at admin.atlassian.com`).waitFor();
    expect(await drawer.getByText('The vendor could not be reached').count()).toBe(0);
    sandbox.faults.clear();
    await drawer.getByRole('button', { name: 'Re-check now' }).click();
    await drawer.getByText(/^Read again on .*: the change is in place\.$/).waitFor();
    await drawer.getByText('Verified', { exact: true }).waitFor();
    await expectAccessible(page);
    const taken = takenSince(mark);
    expect(taken.length).toBe(1);
    sandbox.mutate({ kind: 'addToGroup', accountId: taken[0] ?? '', groupId: sandbox.journal.effects({ afterSeq: mark, effect: 'membershipRemoved' })[0]?.groupId ?? '' });
    await drawer.getByRole('button', { name: 'Re-check now' }).click();
    await drawer.getByText(/the change is not in place any more/).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    const [log] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download as CSV' }).click()]);
    expect((await textOf(log)).split('\n').filter((line) => line.includes(`${taken[0] ?? ''},`) && line.includes('verified')).length).toBe(1);
    await page.getByRole('button', { name: 'Cancel the run…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('what stands against applying is said where it is pressed: paused, read-only, changed since, expired; nothing is touched', async () => {
    const mark = rollcall.sandbox.journal.length;
    const plan = await makePlan(page, rollcall, unusedAccess('jira', 'acme-labs'));
    const people = plan.totals?.act ?? 0;
    await openPlan(plan.id);
    await page.getByRole('button', { name: 'Pause everything' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Audit week');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause everything' }).click();
    await page.getByText('Everything is paused: plans can be made and looked at, not applied.').waitFor();
    expect(await page.getByRole('button', { name: 'Apply…' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Everything is paused').first().waitFor({ state: 'detached' });

    const dialog = await confirmNumber(page, people);
    await callApi(page, rollcall, 'POST', '/pause', 200, { reason: 'Meanwhile' });
    await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
    await dialog.getByText('Everything is paused (Meanwhile).').waitFor();
    await callApi(page, rollcall, 'POST', '/resume', 200);
    const source = `/sources/${await onlySource(page, rollcall)}`;
    await callApi(page, rollcall, 'PATCH', source, 200, { readOnly: true });
    await openPlan(plan.id);
    await page.getByText('The source is in read-only mode').waitFor();
    expect(await page.getByRole('button', { name: 'Apply…' }).isDisabled()).toBe(true);
    await callApi(page, rollcall, 'PATCH', source, 200, { readOnly: false });

    await openPlan(plan.id);
    await changeDatabase(rollcall, `update plan_item set reason = 'matches' where plan_id = '${plan.id}' and seq = 1`);
    await (await confirmNumber(page, people)).getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByText('The plan is not the one you looked at').waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Look at the plan again' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const dialogOfOld = await confirmNumber(page, people);
    await changeDatabase(rollcall, `update plan set expires_at = now() - interval '1 hour' where id = '${plan.id}'`);
    await dialogOfOld.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByText('This plan has expired').waitFor();
    expect(takenSince(mark)).toEqual([]);
    expect(opened.problems).toEqual([]);
  });

  test('a plan that cannot be built says why; guards speak Japanese, on a phone, with their numbers', async () => {
    await changeDatabase(
      rollcall,
      "create function no_room() returns trigger language plpgsql as $$ begin raise exception 'no room' using errcode = '53100'; end $$",
      'create trigger no_room before insert on plan_item for each statement execute function no_room()',
    );
    const failed = await makePlan(page, rollcall, unusedAccess('jira', 'acme'));
    await changeDatabase(rollcall, 'drop trigger no_room on plan_item');
    await page.goto(`${rollcall.url}/plans/${failed.id}`);
    await page.getByText('The disk of the database is full; nothing was changed. Free some space, then make the plan again.').waitFor();

    const refused = await makePlan(page, rollcall, { ...unusedAccess('jira', 'acme', '10d'), caps: { people: 1 } });
    const phone = await openPage(browser, rollcall.url, { language: 'ja', isPhone: true, theme: 'dark', expectedStatuses: [401] });
    await phone.page.request.post(`${rollcall.url}/api/auth/sign-in/email`, { headers: { origin: rollcall.url }, data: { email: administrator.email, password: administrator.password } });
    await phone.page.goto(`${rollcall.url}/plans/${refused.id}`);
    await phone.page.getByText(`${refused.totals?.act ?? 0} 人は、上限の 1 人を超えています。`).waitFor();
    await phone.page.getByText(/までの期間は 10日で、最短の 30 日に足りません。/).waitFor();
    expect(await scrollsSideways(phone.page)).toBe(false);
    await phone.page.goto(`${rollcall.url}/plans/${failed.id}`);
    await phone.page.getByText('データベースのディスクがいっぱいです。').waitFor();
    expect(phone.problems).toEqual([]);
    await phone.close();
    expect(opened.problems).toEqual([]);
  });

  test('a viewer looks at everything and is offered nothing; a deleted run log leaves the list, not the audit trail', async () => {
    const invited = await callApi(page, rollcall, 'POST', '/people', 201, { email: 'vera@example.com', name: 'Vera', role: 'viewer' });
    const viewer = await openPage(browser, String(Object(invited).link));
    await viewer.page.getByLabel('Your name').fill('Vera');
    await viewer.page.getByRole('textbox', { name: 'Password' }).fill('quite a long phrase');
    await viewer.page.getByRole('button', { name: 'Accept and sign in' }).click();
    await viewer.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await viewer.page.goto(`${rollcall.url}/run-logs`);
    await viewer.page.getByRole('grid').getByRole('link').first().click();
    await viewer.page.getByRole('grid', { name: 'People of the run' }).getByRole('link').first().click();
    await viewer.page.getByRole('dialog').getByText('Changes').waitFor();
    expect(await viewer.page.getByRole('button', { name: /Re-check|Undo|Pause|Resume|Cancel the run|Settle/ }).count()).toBe(0);
    expect(viewer.problems).toEqual([]);
    await viewer.close();

    await page.goto(`${rollcall.url}/run-logs`);
    const grid = page.getByRole('grid', { name: 'Run logs' });
    await grid.getByRole('link', { name: /have back what was taken/ }).waitFor();
    const before = await grid.getByRole('link').count();
    await grid.getByRole('row').filter({ hasText: 'have back what was taken' }).getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete 1 run log?' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await grid.getByRole('link', { name: /have back what was taken/ }).waitFor({ state: 'detached' });
    await expect.poll(() => grid.getByRole('link').count()).toBe(before - 1);
    await page.goto(`${rollcall.url}/audit`);
    await page.getByText(/run log/i).first().waitFor();
    expect(opened.problems).toEqual([]);
  });
});
