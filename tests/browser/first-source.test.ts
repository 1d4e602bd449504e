import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser, openPage, scrollsSideways } from '../../packages/web/test/support/browser.ts';
import { expectAccessible } from './support/both-themes.ts';
import { startRollcall } from './support/rollcall.ts';
import type { Rollcall } from './support/rollcall.ts';
import { administrator, fillInKey, makeFirstAdministrator, signIn } from './support/steps.ts';

let rollcall: Rollcall;
let browser: Browser;

describe.skipIf(!hasBrowser)('from the one-time link to a first source', () => {
  beforeAll(async () => {
    rollcall = await startRollcall({ sandbox: { users: 60, orgs: 2 } });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await rollcall.close();
  });

  test('first administrator, source with Test, sync with progress, Home', async () => {
    const { page, problems, close } = await makeFirstAdministrator(browser, rollcall);
    await page.getByRole('link', { name: 'Add a source' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Add a source' }).click();
    await page.getByRole('heading', { level: 1, name: 'Add a source' }).waitFor();

    await fillInKey(page, rollcall, rollcall.sandbox.keys.expired);
    await page.getByLabel('Organisation id').fill(rollcall.sandbox.orgId);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('With this key the organisation cannot be read.').waitFor();
    await page.getByText('Make an API key without scopes in admin.atlassian.com').first().waitFor();

    await page.getByLabel('Organisation id').fill('');
    await fillInKey(page, rollcall, rollcall.sandbox.keys.several);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('The key administers several.').waitFor();

    await fillInKey(page, rollcall, rollcall.sandbox.keys.full);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('The key can be used.').waitFor();
    expect(await page.getByLabel('Organisation id').inputValue()).toBe(rollcall.sandbox.orgId);
    await expectAccessible(page);
    await page.getByLabel('Name', { exact: true }).fill('Acme');
    await page.getByRole('button', { name: 'Save and sync' }).click();

    await page.getByRole('heading', { level: 1, name: 'Acme' }).waitFor();
    await page.getByText('Up to date').waitFor();
    await page.getByRole('cell', { name: 'Confluence' }).or(page.getByRole('rowheader', { name: 'Confluence' })).first().waitFor();
    expect(await page.content()).not.toContain(rollcall.sandbox.keys.full);
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByText('Who uses which app').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show as table' }).click();
    const truth = rollcall.sandbox.truth.stats();
    expect(truth.accounts).toBe(60);
    await page.getByRole('table', { name: 'Who uses which app' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('sign-in refuses a wrong password in words, and comes back to the page that was asked for', async () => {
    const { page, problems, close } = await openPage(browser, `${rollcall.url}/sources`, { expectedStatuses: [401] });
    await page.waitForURL(/\/sign-in\?next=/);
    await signIn(page, { ...administrator, password: 'not the password' });
    await page.getByText('E-mail or password is wrong.').waitFor();
    await expectAccessible(page);
    await signIn(page, administrator);
    await page.waitForURL(`${rollcall.url}/sources`);
    await page.getByRole('button', { name: 'Bulk action: Acme' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bulk action: Acme' }).click();
    await page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor();
    await page.getByRole('button', { name: 'Source: Acme' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('on a phone and in Japanese nothing scrolls sideways', async () => {
    const { page, problems, close } = await openPage(browser, `${rollcall.url}/sign-in`, { isPhone: true, language: 'ja', expectedStatuses: [401] });
    await page.getByLabel('メール アドレス').fill(administrator.email);
    await page.getByRole('textbox', { name: 'パスワード' }).fill(administrator.password);
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.waitForURL(`${rollcall.url}/`);
    for (const [path, title] of [['/', 'ホーム'], ['/sources', 'ソース'], ['/sources/new', 'ソースを追加'], ['/sources/upload', 'エクスポートをアップロード'], ['/exemptions', '除外'], ['/audit', '監査'], ['/settings?tab=workspace', '設定'], ['/getting-started', 'はじめに']] as const) {
      await page.goto(`${rollcall.url}${path}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.waitForLoadState('networkidle');
      expect({ path, sideways: await scrollsSideways(page) }).toEqual({ path, sideways: false });
    }
    expect(problems).toEqual([]);
    await close();
  });
});
