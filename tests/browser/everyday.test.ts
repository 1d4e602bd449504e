import { writeExport } from '@rollcall/sandbox';
import { totpOf } from './support/totp.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser, openPage } from '../../packages/web/test/support/browser.ts';
import type { WatchedPage } from '../../packages/web/test/support/browser.ts';
import { expectAccessible } from './support/both-themes.ts';
import { startRollcall } from './support/rollcall.ts';
import type { Rollcall } from './support/rollcall.ts';
import { administrator, makeFirstAdministrator, signIn } from './support/steps.ts';

let rollcall: Rollcall;
let browser: Browser;
let opened: WatchedPage;
let page: Page;

/** A users export of the simulated organisation, with a line that is no row. */
async function exportWithProblem(): Promise<{ readonly text: string; readonly people: number }> {
  let text = '';
  for await (const chunk of writeExport('users', { users: 40, seed: 3 })) text += chunk;
  const lines = text.trimEnd().split('\n');
  const people = lines.length - 1;
  return { text: `${[...lines.slice(0, 3), 'a line,that is no row', ...lines.slice(3)].join('\n')}\n`, people };
}

async function choose(name: string, text: string): Promise<void> {
  await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

describe.skipIf(!hasBrowser)('everyday screens', () => {
  beforeAll(async () => {
    rollcall = await startRollcall({ sandbox: { users: 20 } });
    browser = await launchBrowser();
    opened = await makeFirstAdministrator(browser, rollcall, { expectedStatuses: [404] });
    page = opened.page;
  });
  afterAll(async () => {
    await opened.close();
    await browser.close();
    await rollcall.close();
  });

  test('a file that is no export is refused with what it looks like and what to do', async () => {
    await page.goto(`${rollcall.url}/sources/upload`);
    await expectAccessible(page);
    await choose('export.csv', '<!doctype html><html><body>Log in</body></html>');
    await page.getByText('export.csv is not such an export').waitFor();
    await page.getByText('looks like a web page').waitFor();
    await page.getByText('How to get the right file').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Choose another file' }).click();
    expect(opened.problems).toEqual([]);
  });

  test('an export is previewed with its problems, taken, and opens in the inventory', async () => {
    const { text, people } = await exportWithProblem();
    await choose('export-users.csv', text);
    await page.getByText('Recognised').waitFor();
    await page.getByRole('cell', { name: '4', exact: true }).waitFor();
    await page.getByText('This row has more or fewer fields than the header').waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('button', { name: 'Take it', exact: true }).click();
    await page.getByText('The file is in the inventory').waitFor();
    await page.getByText(`${people} accounts were read.`).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Open the inventory' }).click();
    await page.getByRole('button', { name: 'Source: export-users' }).waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('an exemption is added from a link, shown and ended', async () => {
    await page.goto(`${rollcall.url}/exemptions?kind=domain&subject=example.org`);
    const dialog = page.getByRole('dialog', { name: 'Add an exemption' });
    expect(await dialog.getByRole('textbox', { name: 'Domain' }).inputValue()).toBe('example.org');
    await dialog.getByLabel('Reason').fill('Contractors, renewed each year');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Exempt', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Contractors, renewed each year').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Actions for example.org' }).click();
    await page.getByRole('menuitem', { name: 'End the exemption' }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('The exemption of example.org has ended').waitFor();
    await page.getByText('Show ended ones').click();
    await page.waitForURL(/ended=true/);
    await page.getByText('Contractors, renewed each year').waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('everything is paused with a reason, and resumed', async () => {
    await page.goto(`${rollcall.url}/`);
    await page.getByRole('button', { name: 'Pause everything' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Audit week');
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Pause everything' }).click();
    await page.getByRole('alert').getByText('Audit week').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause everything' }).waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('the audit trail tells it all and verifies', async () => {
    await page.goto(`${rollcall.url}/audit`);
    await page.getByText('paused everything: Audit week').waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('The chain is whole').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Details of event/ }).first().click();
    await page.getByRole('dialog').getByText('Fingerprint (SHA-256)').first().waitFor();
    await expectAccessible(page);
    expect(opened.problems).toEqual([]);
  });

  test('settings are saved, a token is shown once, an invited viewer sees no button that fails', async () => {
    await page.goto(`${rollcall.url}/settings?tab=workspace`);
    await page.getByRole('textbox', { name: 'Shortest period' }).fill('45');
    await page.getByRole('textbox', { name: 'Shortest period' }).press('Tab');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();

    await page.getByRole('tab', { name: 'API tokens' }).click();
    await page.getByRole('button', { name: 'Make an API token' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Nightly export');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const secret = (await page.getByRole('region', { name: 'API token' }).textContent()) ?? '';
    expect(secret.length).toBeGreaterThan(20);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByText('Nightly export').waitFor();
    expect(await page.content()).not.toContain(secret);

    await page.getByRole('tab', { name: 'People' }).click();
    await page.getByRole('button', { name: 'Invite a person' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Vera');
    await page.getByRole('dialog').getByLabel('E-mail').fill('vera@example.com');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = (await page.getByRole('region', { name: 'Invitation link' }).textContent()) ?? '';
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('vera@example.com').waitFor();
    await expectAccessible(page);

    const viewer = await openPage(browser, link);
    await viewer.page.getByLabel('Your name').fill('Vera');
    await viewer.page.getByRole('textbox', { name: 'Password' }).fill('quite a long phrase');
    await viewer.page.getByRole('button', { name: 'Accept and sign in' }).click();
    await viewer.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    for (const [path, refused] of [['/sources', 'Add a source'], ['/exemptions', 'Add an exemption'], ['/settings?tab=workspace', 'Save']] as const) {
      await viewer.page.goto(`${rollcall.url}${path}`);
      await viewer.page.waitForLoadState('networkidle');
      expect(await viewer.page.getByRole('button', { name: refused }).or(viewer.page.getByRole('link', { name: refused })).count()).toBe(0);
    }
    expect(await viewer.page.getByRole('button', { name: 'Pause everything' }).count()).toBe(0);
    expect(await viewer.page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
    expect(viewer.problems).toEqual([]);
    await viewer.close();
    expect(opened.problems).toEqual([]);
  });

  test('two-factor sign-in is set up with an authenticator app, and a recovery code gets in without it', async () => {
    await page.goto(`${rollcall.url}/settings`);
    await page.getByRole('button', { name: 'Set up two-factor sign-in' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Password' }).fill(administrator.password);
    await page.getByRole('button', { name: 'Go on' }).click();
    const secret = (await page.getByRole('region', { name: 'Set-up key' }).textContent()) ?? '';
    await expectAccessible(page);
    await page.getByLabel('Code of six digits').fill(totpOf(secret.replaceAll(' ', ''), Date.now()));
    await page.getByRole('button', { name: 'Verify' }).click();
    const codes = ((await page.getByRole('region', { name: 'Recovery codes' }).textContent()) ?? '').split('\n');
    expect(codes.length).toBeGreaterThan(5);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('After the password you are asked for a code').waitFor();
    await page.getByRole('button', { name: /Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    await signIn(page, administrator);
    await page.getByRole('heading', { level: 1, name: 'Enter your code' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(codes[0] ?? '');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect(opened.problems).toEqual([]);
  });
});
