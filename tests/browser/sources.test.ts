import { writeExport } from '@rollcall/sandbox';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser, openPage, scrollsSideways } from '../../packages/web/test/support/browser.ts';
import type { WatchedPage } from '../../packages/web/test/support/browser.ts';
import { expectAccessible } from './support/both-themes.ts';
import { connectSource } from './support/connect-source.ts';
import { startRollcall } from './support/rollcall.ts';
import type { Rollcall } from './support/rollcall.ts';
import { administrator, makeFirstAdministrator } from './support/steps.ts';

/** Everything an administrator does with sources, people and exemptions; what reached the simulated organisation judges. */
let rollcall: Rollcall;
let browser: Browser;
let opened: WatchedPage;
let page: Page;
const people = 60;

async function openSource(name: string): Promise<void> {
  await page.goto(`${rollcall.url}/sources`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

async function chooseMore(item: string): Promise<Locator> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return page.getByRole('dialog').or(page.getByRole('alertdialog'));
}

function fact(label: string): Locator {
  return page.locator('dt', { hasText: new RegExp(`^${label}$`, 'u') }).locator('xpath=following-sibling::dd[1]');
}

async function exportText(seed: number): Promise<string> {
  let text = '';
  for await (const chunk of writeExport('users', { users: people, seed })) text += chunk;
  return text;
}

async function uploadAs(fileName: string, text: string): Promise<void> {
  await page.setInputFiles('input[type=file]', { name: fileName, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByText('Recognised').waitFor();
}

describe.skipIf(!hasBrowser)('sources, people and exemptions', () => {
  beforeAll(async () => {
    rollcall = await startRollcall({ sandbox: { users: people, seed: 5 } });
    browser = await launchBrowser();
    opened = await makeFirstAdministrator(browser, rollcall, { expectedStatuses: [400, 404, 409, 422, 502] });
    page = opened.page;
    await connectSource(page, rollcall, {});
  });
  afterEach(() => {
    expect(opened.problems).toEqual([]);
  });
  afterAll(async () => {
    await opened.close();
    await browser.close();
    await rollcall.close();
  });

  test('a sync shows how far it is, is cancelled, and leaves the inventory as it was', async () => {
    await openSource('Acme');
    rollcall.sandbox.faults.add({ operation: '*', times: 1_000_000, effect: { kind: 'delay', ms: 300 } });
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText('Sync under way').waitFor();
    await page.getByRole('progressbar').waitFor();
    await page.getByText(/^Pages: [1-9]/u).waitFor();
    await page.getByRole('button', { name: 'Cancel sync' }).click();
    await page.getByText('The sync of Acme was cancelled').waitFor();
    rollcall.sandbox.faults.clear();
    await page.getByRole('table', { name: 'Last syncs' }).getByText('Cancelled').waitFor();
    await expect.poll(() => fact('Accounts').textContent()).toBe(String(people));
  });

  test('a suspiciously small reading is dropped, and another one taken; the next full one brings everybody back', async () => {
    rollcall.sandbox.faults.add({ operation: 'users.search', times: 1_000_000, effect: { kind: 'partialRead', share: 0.3 } });
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText('A reading waits for your decision').waitFor();
    await page.getByText(new RegExp(`where there were ${people}`, 'u')).first().waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('button', { name: 'Sync now' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Drop it' }).click();
    await page.getByText('The reading was dropped').waitFor();
    await page.getByRole('table', { name: 'Last syncs' }).getByText('Dropped').waitFor();
    expect(await fact('Accounts').textContent()).toBe(String(people));

    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByRole('button', { name: 'Take it…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take it' }).click();
    await page.getByText('Acme was read').waitFor();
    await expect.poll(async () => Number(await fact('Accounts').textContent())).toBeLessThan(people * 0.7);

    rollcall.sandbox.faults.clear();
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expect.poll(() => fact('Accounts').textContent(), { timeout: 30_000 }).toBe(String(people));
  });

  test('a source is edited, set read-only, and its key replaced only by one that can be used', async () => {
    await openSource('Acme');
    const form = await chooseMore('Edit');
    await form.getByRole('textbox', { name: 'Name' }).fill('Acme Cloud');
    await form.getByRole('textbox', { name: 'Requests a minute' }).fill('90000');
    await expectAccessible(page);
    // Enter saves, as in any form.
    await form.getByRole('textbox', { name: 'Name' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Acme Cloud' }).waitFor();
    await expect.poll(() => fact('Requests a minute').textContent()).toBe('90,000');

    await page.getByText('Read-only mode').click();
    await page.locator('h1', { hasText: 'Acme Cloud' }).locator('xpath=..').getByText('Read-only').waitFor();
    await page.getByText('Read-only mode').click();
    await page.locator('h1', { hasText: 'Acme Cloud' }).locator('xpath=..').getByText('Read-only').waitFor({ state: 'detached' });

    const dialog = await chooseMore('Replace the key');
    await dialog.getByRole('textbox', { name: 'New API key' }).fill(rollcall.sandbox.keys.expired);
    await dialog.getByRole('button', { name: 'Replace key' }).click();
    await dialog.getByText('With this key the organisation cannot be read.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: 'New API key' }).fill(rollcall.sandbox.keys.spare);
    expect(await dialog.getByText('With this key the organisation cannot be read.').count()).toBe(0);
    const inFiveDays = new Date(Date.now() + 5 * 86_400_000);
    await dialog.getByRole('spinbutton', { name: /month/u }).fill(String(inFiveDays.getUTCMonth() + 1));
    await dialog.getByRole('spinbutton', { name: /day/u }).fill(String(inFiveDays.getUTCDate()));
    await dialog.getByRole('spinbutton', { name: /year/u }).fill(String(inFiveDays.getUTCFullYear()));
    await dialog.getByRole('button', { name: 'Replace key' }).click();
    await page.getByText('The key was replaced').waitFor();
    await page.getByText(/^The API key expires in 5 days/u).waitFor();
    expect(await page.content()).not.toContain(rollcall.sandbox.keys.spare);

    // The old key is of no use any more: what is read now is read with the new one.
    rollcall.sandbox.revokeKey('full');
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText('Acme Cloud was read').waitFor();
    await page.goto(`${rollcall.url}/`);
    await page.getByText(/^The API key expires in 5 days/u).waitFor();
  });

  test('a file becomes evidence for the organisation; one of another organisation is said to fit nobody', async () => {
    await page.goto(`${rollcall.url}/sources/upload`);
    await uploadAs('own.csv', await exportText(5));
    await page.getByText('Evidence for an organisation').click();
    await page.getByRole('button', { name: 'Take it', exact: true }).click();
    await page.getByText(/accounts were found in Acme Cloud/u).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Open the source' }).click();
    await page.getByRole('heading', { level: 1, name: 'Files for Acme Cloud' }).waitFor();
    await page.getByRole('link', { name: 'Upload a newer export' }).click();
    await uploadAs('foreign.csv', await exportText(77));
    expect(await page.getByRole('radio', { name: /Evidence for an organisation/u }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Take it', exact: true }).click();
    await page.getByText('Nobody in the file is in the organisation').waitFor();
    await page.getByRole('button', { name: 'Open the inventory' }).click();
    await page.getByRole('button', { name: 'Source: Acme Cloud' }).waitFor();
  });

  test('rows that cannot be taken are downloaded; the file is removed again by its name', async () => {
    const lines = (await exportText(9)).trimEnd().split('\n');
    await page.goto(`${rollcall.url}/sources/upload`);
    await uploadAs('broken.csv', [...lines.slice(0, 2), 'no row', ...lines.slice(2)].join('\n'));
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download all' }).click()]);
    expect(download.suggestedFilename()).toBe('problems-broken.csv');
    await page.getByRole('textbox', { name: 'Name' }).fill('Old export');
    await page.getByRole('button', { name: 'Take it', exact: true }).click();
    await page.getByRole('link', { name: 'Open the source' }).click();
    const dialog = await chooseMore('Remove source');
    expect(await dialog.textContent()).not.toContain('API key');
    await dialog.getByRole('textbox').fill('Old export');
    await dialog.getByRole('button', { name: 'Remove source' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor();
    await page.getByRole('link', { name: 'Acme Cloud', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Old export' }).count()).toBe(0);
  });

  test('a domain is exempt with its sub-domains; a view is saved, renamed and deleted', async () => {
    await page.goto(`${rollcall.url}/exemptions?add=true&kind=domain`);
    const dialog = page.getByRole('dialog', { name: 'Add an exemption' });
    await dialog.getByRole('textbox', { name: 'Domain' }).fill('partner.example');
    await dialog.getByText('Also its sub-domains').click();
    await dialog.getByLabel('Reason').fill('Under contract');
    await dialog.getByRole('textbox', { name: 'Owner' }).press('Enter');
    await page.getByText('*.partner.example is exempt').waitFor();
    await page.getByText('Domain and its sub-domains').waitFor();

    await page.goto(`${rollcall.url}/inventory?q=${encodeURIComponent('usage = never')}`);
    const views = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await views('Views');
    await page.getByRole('menuitem', { name: 'Save as a view…' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Never came');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).press('Enter');
    await views('Never came');
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Nobody home');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await views('Nobody home');
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await views('Views');
    await page.getByRole('menuitem', { name: 'Save as a view…' }).waitFor();
    expect(await page.getByText('Nobody home').count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('an invitation is changed before it is accepted; who is limited sees that much, and is removed', async () => {
    await page.goto(`${rollcall.url}/settings?tab=people`);
    await page.getByRole('button', { name: 'Invite a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Otto');
    await dialog.getByLabel('E-mail').fill('otto@example.com');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = (await page.getByRole('region', { name: 'Invitation link' }).textContent()) ?? '';
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Actions for Otto' }).click();
    await page.getByRole('menuitem', { name: 'Change role and limits' }).click();
    await dialog.getByText('Also adds sources and keys').click();
    await dialog.getByRole('button', { name: /Only these sites/u }).click();
    await page.getByRole('option', { name: 'acme-labs' }).click();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /Otto/u }).getByText('acme-labs').waitFor();

    const otto = await openPage(browser, link, { expectedStatuses: [401, 403, 404] });
    await otto.page.getByRole('textbox', { name: 'Password' }).fill('quite a long phrase');
    await otto.page.getByLabel('Your name').fill('Otto');
    await otto.page.getByRole('button', { name: 'Accept and sign in' }).click();
    await otto.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await otto.page.goto(`${rollcall.url}/sources`);
    await otto.page.getByRole('link', { name: 'Acme Cloud', exact: true }).waitFor();
    expect(await otto.page.getByRole('link', { name: 'Add a source' }).count()).toBe(0);
    await otto.page.getByRole('link', { name: 'Acme Cloud', exact: true }).click();
    const apps = otto.page.getByRole('table', { name: 'Apps and seats' });
    await apps.getByText('acme-labs').first().waitFor();
    expect(await apps.getByText('acme', { exact: true }).count()).toBe(0);
    // What concerns all sites is not offered to somebody who is limited to one.
    await otto.page.getByRole('button', { name: 'More', exact: true }).click();
    await otto.page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    expect(await otto.page.getByRole('menuitem', { name: 'Remove source' }).count()).toBe(0);
    await otto.page.keyboard.press('Escape');

    await page.reload();
    await page.getByRole('button', { name: 'Actions for Otto' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Otto can no longer sign in').waitFor();
    await otto.page.goto(`${rollcall.url}/sources`);
    await otto.page.waitForURL(/sign-in/u);
    expect(otto.problems).toEqual([]);
    await otto.close();
  });

  test('the second factor is set up with a code to scan; on a phone and in Japanese every dialog fits', async () => {
    const phone = await openPage(browser, `${rollcall.url}/favicon.svg`, { language: 'ja', isPhone: true, theme: 'dark', expectedStatuses: [401, 404] });
    await phone.page.request.post(`${rollcall.url}/api/auth/sign-in/email`, { headers: { origin: rollcall.url }, data: { email: administrator.email, password: administrator.password } });
    await phone.page.goto(`${rollcall.url}/settings`);
    await phone.page.getByRole('button', { name: '二要素認証を設定' }).click();
    await phone.page.getByRole('dialog').getByRole('textbox', { name: 'パスワード' }).fill(administrator.password);
    await phone.page.keyboard.press('Enter');
    const code = phone.page.getByRole('img', { name: '認証アプリで読み取るコード' });
    await code.waitFor();
    const box = await code.boundingBox();
    expect(box?.width ?? 0).toBeGreaterThan(180);
    await phone.page.keyboard.press('Escape');
    await phone.page.goto(`${rollcall.url}/sources`);
    await phone.page.getByRole('link', { name: 'Acme Cloud', exact: true }).click();
    for (const item of ['編集', 'キーを交換', 'ソースを削除']) {
      await phone.page.getByRole('button', { name: 'その他', exact: true }).click();
      await phone.page.getByRole('menuitem', { name: item }).click();
      const open = phone.page.locator('section.rc-dialog');
      await open.waitFor();
      expect({ item, sideways: await scrollsSideways(phone.page) }).toEqual({ item, sideways: false });
      await phone.page.keyboard.press('Escape');
      await open.waitFor({ state: 'detached' });
    }
    // A choice far down the page scrolls the content to it, and never the whole page out of sight.
    await phone.page.goto(`${rollcall.url}/sources/upload`);
    await phone.page.setInputFiles('input[type=file]', { name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(await exportText(5)) });
    await phone.page.getByText('組織の根拠').tap();
    await phone.page.getByRole('combobox').or(phone.page.getByRole('button', { name: /Acme Cloud/u })).first().waitFor();
    expect(await phone.page.evaluate('document.documentElement.scrollTop')).toBe(0);
    expect(await phone.page.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true);
    expect(phone.problems).toEqual([]);
    await phone.close();
  });

  test('the source is removed: its people leave the inventory, and nothing was ever changed at the vendor', async () => {
    await openSource('Acme Cloud');
    const dialog = await chooseMore('Remove source');
    const remove = dialog.getByRole('button', { name: 'Remove source' });
    await dialog.getByRole('textbox').fill('Acme');
    expect(await remove.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('Acme Cloud');
    await remove.click();
    await page.getByText('No sources yet').waitFor();
    expect(rollcall.sandbox.journal.requests()).toEqual([]);
    expect(rollcall.sandbox.truth.stats().accounts).toBe(people);
  });
});
