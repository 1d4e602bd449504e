import type { Sandbox } from '@rollcall/sandbox';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser, openPage, scrollsSideways } from '../../packages/web/test/support/browser.ts';
import type { WatchedPage } from '../../packages/web/test/support/browser.ts';
import { expectAccessible } from './support/both-themes.ts';
import { connectSource } from './support/connect-source.ts';
import { startRollcall } from './support/rollcall.ts';
import type { Rollcall } from './support/rollcall.ts';
import { administrator, makeFirstAdministrator } from './support/steps.ts';

let rollcall: Rollcall;
let browser: Browser;
let opened: WatchedPage;
let page: Page;

/** Who holds what by which path, as the simulated organisation itself knows it. */
function truthOf(sandbox: Sandbox): ReadonlyMap<string, string> {
  return new Map(
    [...sandbox.truth.accounts()].map((account) => [
      account.accountId,
      JSON.stringify([account.groups.map(({ id }) => id).toSorted(), account.access.map(({ app, site, hasAccess, paths }) => JSON.stringify([app, site, hasAccess, paths.map((path) => JSON.stringify(path)).toSorted()])).toSorted()]),
    ]),
  );
}

function holdersOfJira(sandbox: Sandbox): ReadonlyMap<string, string | null> {
  return new Map(
    [...sandbox.truth.accounts()].flatMap((account) => {
      const access = account.access.find(({ app, site, hasAccess }) => app === 'jira' && site === 'acme' && hasAccess);
      return access === undefined ? [] : [[account.accountId, access.lastActive] as const];
    }),
  );
}

async function numberIn(text: Promise<string | null>): Promise<number> {
  return Number(/[\d,]+/.exec((await text) ?? '')?.[0]?.replaceAll(',', '') ?? Number.NaN);
}

describe.skipIf(!hasBrowser)('the main job', () => {
  let before: ReadonlyMap<string, string>;

  beforeAll(async () => {
    rollcall = await startRollcall({ sandbox: { users: 400 } });
    browser = await launchBrowser();
    opened = await makeFirstAdministrator(browser, rollcall, { expectedStatuses: [404] });
    page = opened.page;
    await connectSource(page, rollcall, { caps: { people: 500, percent: 100 }, typeBackFrom: 5 });
    before = truthOf(rollcall.sandbox);
  });
  afterAll(async () => {
    await opened.close();
    await browser.close();
    await rollcall.close();
  });

  test('one click on the mark of a column narrows the inventory to its non-users; all that match become a plan', async () => {
    await page.goto(`${rollcall.url}/inventory`);
    await page.getByText(/time zone UTC/).waitFor();
    const mark = page.getByRole('button', { name: /^Jira · acme: only the .* non-users/ });
    const shown = await numberIn(mark.textContent());
    await expectAccessible(page);
    await mark.click();
    await page.waitForURL(/usage/);
    await page.getByText(new RegExp(`–\\d+ of ${shown}$`)).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('status = active AND app = jira AND site = acme AND usage IN (inactive, never)');
    await page.getByRole('checkbox', { name: `Select all ${shown} matching rows` }).click();
    await page.getByText(`All ${shown} matching selected`).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove app access…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove app access' });
    await dialog.getByText('As in the query').waitFor();
    await dialog.getByText('Acme').first().waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Make the plan' }).click();
    await page.waitForURL(/\/plans\//);
    await page.getByText('Ready').first().waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('the plan is applied with the number typed back, and every person is verified', async () => {
    const headline = page.getByText(/people lose Jira \(acme\)$/).first();
    const people = await numberIn(headline.textContent());
    expect(people).toBeGreaterThan(5);
    await page.getByText('Did not use it in the period.').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Apply…' }).click();
    const dialog = page.getByRole('dialog', { name: `Apply to ${people} people` });
    const apply = dialog.getByRole('button', { name: 'Apply', exact: true });
    expect(await apply.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(String(people + 1));
    expect(await apply.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(String(people));
    await expectAccessible(page);
    await apply.click();
    await page.waitForURL(/\/run-logs\//);
    await page.getByText(`${people} people no longer have access to Jira (acme); verified.`).waitFor({ timeout: 100_000 });
    await page.getByRole('button', { name: `Verified ${people}` }).waitFor();
    await expectAccessible(page);

    const { sandbox } = rollcall;
    const held = [...before].filter(([, text]) => text.includes(String.raw`[\"jira\",\"acme\",true`)).map(([id]) => id);
    const holds = holdersOfJira(sandbox);
    const lost = held.filter((id) => !holds.has(id));
    expect(lost.length).toBe(people);
    const now = truthOf(sandbox);
    expect([...now].filter(([id, text]) => before.get(id) !== text).map(([id]) => id).toSorted()).toEqual(lost.toSorted());
    for (const id of lost) {
      const last = sandbox.truth.account(id)?.access.find(({ app, site }) => app === 'jira' && site === 'acme')?.lastActive ?? null;
      expect(last === null || Date.now() - Date.parse(last) > 45 * 86_400_000).toBe(true);
    }
    const removals = sandbox.journal.effects({ effect: 'membershipRemoved' }).map(({ accountId, groupId }) => `${accountId ?? ''} ${groupId ?? ''}`);
    expect(new Set(removals).size).toBe(removals.length);
    expect(opened.problems).toEqual([]);
  });

  test('a person of the run is opened, with each change and a re-check', async () => {
    await page.getByRole('grid', { name: 'People of the run' }).getByRole('link').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Remove from the group').first().waitFor();
    await drawer.getByRole('button', { name: 'Re-check now' }).click();
    await drawer.getByText('Verified', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  test('undo gives back exactly what was taken', async () => {
    await page.getByRole('button', { name: 'Undo…' }).click();
    await page.getByRole('heading', { level: 1, name: 'Undo: Remove app access' }).waitFor();
    await page.getByText(/people get back what the run took$/).first().waitFor();
    await page.getByRole('button', { name: 'Apply…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true }).click();
    await page.waitForURL(/\/run-logs\//);
    await page.getByText(/people have back what was taken; verified\.$/).waitFor({ timeout: 100_000 });
    expect([...truthOf(rollcall.sandbox)]).toEqual([...before]);
    await page.goto(`${rollcall.url}/run-logs`);
    await page.getByText(/people have back what was taken/).waitFor();
    await page.getByText(/no longer have access to Jira \(acme\)/).waitFor();
    await expectAccessible(page);
    await page.goto(`${rollcall.url}/plans`);
    await page.getByText(/people lose Jira/).first().waitFor();
    await expectAccessible(page);
    expect(opened.problems).toEqual([]);
  });

  test('a cell shows the days, a name opens the account, the query is the same as text', async () => {
    await page.goto(`${rollcall.url}/inventory`);
    const grid = page.getByRole('grid', { name: 'Accounts' });
    await grid.getByRole('button', { name: /^(Active|Inactive)/ }).first().click();
    await page.getByRole('dialog', { name: 'Days seen active' }).getByText(/History kept since|No history is kept yet/).waitFor();
    await expectAccessible(page, { isOverlayOpen: true });
    await page.keyboard.press('Escape');
    await grid.getByRole('link').nth(2).click();
    await page.waitForURL(/account=/);
    await page.getByRole('dialog').getByRole('heading', { name: 'Groups' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Query as text' }).click();
    const query = page.getByRole('combobox', { name: 'Query' });
    expect(await query.inputValue()).toBe('status = active');
    await query.fill('app = jira AND usag');
    await page.getByText(/There is no field "usag"/).waitFor();
    await page.getByRole('option', { name: /usage/ }).waitFor();
    await expectAccessible(page);
    await query.press('Tab');
    expect(await query.inputValue()).toBe('app = jira AND usage ');
    await query.fill('type = app');
    await query.press('Enter');
    await page.waitForURL(/q=type/);
    expect(opened.problems).toEqual([]);
  });

  test('the grid walks to its last row, and the search of the top bar finds by name and e-mail', async () => {
    await page.goto(`${rollcall.url}/inventory?q=`);
    const grid = page.getByRole('grid', { name: 'Accounts' });
    await grid.getByRole('link').first().waitFor();
    const total = await numberIn(page.getByText(/–\d+ of [\d,]+$/).textContent().then((text) => text?.split(' of ')[1] ?? null));
    await grid.focus();
    await page.keyboard.press('Control+End');
    await expect.poll(() => grid.getByRole('row').last().getAttribute('aria-rowindex'), { timeout: 30_000 }).toBe(String(total + 1));
    await page.getByRole('searchbox', { name: 'Search for people' }).fill('alice');
    await page.keyboard.press('Enter');
    await page.waitForURL(/email/);
    await expect.poll(() => page.getByRole('searchbox', { name: 'Name or e-mail' }).inputValue()).toBe('alice');
    expect(opened.problems).toEqual([]);
  });

  test('in Japanese and on a phone every screen holds', async () => {
    const phone = await openPage(browser, `${rollcall.url}/inventory`, { language: 'ja', isPhone: true, theme: 'dark', expectedStatuses: [401, 404] });
    await phone.page.request.post(`${rollcall.url}/api/auth/sign-in/email`, { headers: { origin: rollcall.url }, data: { email: administrator.email, password: administrator.password } });
    for (const [path, title] of [['/inventory', 'インベントリ'], ['/plans', '計画'], ['/run-logs', '実行ログ']] as const) {
      await phone.page.goto(`${rollcall.url}${path}`);
      await phone.page.getByRole('heading', { level: 1, name: title }).waitFor();
      await phone.page.getByRole('grid').getByRole('link').first().waitFor();
      expect({ path, sideways: await scrollsSideways(phone.page) }).toEqual({ path, sideways: false });
    }
    await phone.page.getByRole('grid').getByRole('link').first().click();
    await phone.page.getByText(/人/).first().waitFor();
    expect(await scrollsSideways(phone.page)).toBe(false);
    for (const [q, wrong] of [['status = sleeping', '「sleeping」はこの項目の値ではありません。使えるもの: active'], ['colour = red', '「colour」という項目はありません。'], ['status =', 'クエリが途中で終わっています。']] as const) {
      await phone.page.goto(`${rollcall.url}/inventory?face=text&q=${encodeURIComponent(q)}`);
      await phone.page.getByText(wrong).first().waitFor();
      expect({ q, sideways: await scrollsSideways(phone.page) }).toEqual({ q, sideways: false });
    }
    expect(phone.problems).toEqual([]);
    await phone.close();
  });
});
