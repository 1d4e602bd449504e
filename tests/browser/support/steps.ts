import type { Browser, Page } from 'playwright-core';
import { openPage } from '../../../packages/web/test/support/browser.ts';
import type { OpenOptions, WatchedPage } from '../../../packages/web/test/support/browser.ts';
import type { Rollcall } from './rollcall.ts';

export const administrator = { name: 'Priya Raman', email: 'priya@example.com', password: 'correct horse battery' } as const;

/** Opens the one-time link and makes the first administrator, who is then signed in at Getting started. */
export async function makeFirstAdministrator(browser: Browser, rollcall: Rollcall, options: OpenOptions = {}): Promise<WatchedPage> {
  const opened = await openPage(browser, rollcall.server.setupLink ?? '', options);
  const { page } = opened;
  await page.getByLabel('Your name').fill(administrator.name);
  await page.getByLabel('E-mail').fill(administrator.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(administrator.password);
  await page.getByRole('button', { name: 'Make administrator and sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Getting started' }).waitFor();
  return opened;
}

/** Signs in with the form, where one stands. */
export async function signIn(page: Page, who: { readonly email: string; readonly password: string }): Promise<void> {
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Fills in the form of a new source with a key of the sandbox, up to the Test button. */
export async function fillInKey(page: Page, rollcall: Rollcall, key: string): Promise<void> {
  await page.getByRole('textbox', { name: 'API key' }).fill(key);
  const baseUrl = page.getByLabel('Base URL');
  if (!(await baseUrl.isVisible())) await page.getByText('Advanced: schedule').click();
  await baseUrl.fill(rollcall.sandbox.url);
}
