import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, hasBrowser, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts';
import type { OpenOptions } from '../support/browser.ts';
import { buildWeb } from '../support/build.ts';
import type { BuiltFolder } from '../support/build.ts';
import { serveFolder } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';

let built: BuiltFolder;
let server: StaticServer;
let browser: Browser;

describe.skipIf(!hasBrowser)('gallery', () => {
  beforeAll(async () => {
    built = await buildWeb('gallery');
    server = await serveFolder(built.folder, 'gallery.html');
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
    await built.remove();
  });

  const looks: readonly (readonly [string, OpenOptions])[] = (['light', 'dark'] as const).flatMap((theme) =>
    (['en', 'ja'] as const).flatMap((language) => [
      [`${theme} ${language}`, { theme, language }] as const,
      [`${theme} ${language} phone`, { theme, language, isPhone: true }] as const,
    ]),
  );

  test.each(looks)('%s: no accessibility violation, nothing the policy forbids, no sideways scrolling', async (_, options) => {
    const { page, problems, close } = await openPage(browser, server.url, options);
    await page.getByText('Hiroshi Larsen 3').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    expect(problems).toEqual([]);
    expect(await page.locator('html').getAttribute('data-color-mode')).toBe(options.theme);
    expect(await page.locator('html').getAttribute('lang')).toBe(options.language);
    await close();
  });

  test.each(['light', 'dark'] as const)('%s: what opens over the page has no accessibility violation either', async (theme) => {
    const { page, problems, close } = await openPage(browser, server.url, { theme });
    for (const name of ['Open dialog', 'Open danger dialog', 'Open drawer', 'Open popover', 'Show flag', 'Export', 'Apps: Jira, Confluence 2']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.waitForTimeout(300);
      expect({ name, violations: await axeViolations(page, { isOverlayOpen: true }) }).toEqual({ name, violations: [] });
      await page.keyboard.press('Escape');
      await page.waitForTimeout(300);
    }
    expect(problems).toEqual([]);
    await close();
  });

  test('Escape closes a list of checkboxes and keeps what was chosen', async () => {
    const { page, problems, close } = await openPage(browser, server.url);
    await page.getByRole('button', { name: 'Apps: Jira, Confluence 2', exact: true }).click();
    await page.getByRole('option', { name: 'Loom' }).click();
    await page.getByText('3 chosen').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Apps: Jira, Confluence, Loom 3', exact: true }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('a million rows: the scrollbar reaches the last one, keys move row by row, Space and Ctrl+A select', async () => {
    const { page, problems, close } = await openPage(browser, server.url);
    const grid = page.getByRole('grid', { name: 'Accounts' });
    await page.getByText('Hiroshi Larsen 3').waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe('1000001');
    await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.getByText('Daniel Dubois 999999').waitFor();
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    await page.getByText(/ 50\d{4}$|49\d{4}$/).first().waitFor();
    await grid.focus();
    await page.keyboard.press('Control+Home');
    await page.getByText('Oskar Brown 0', { exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText('1 selected', { exact: true }).waitFor();
    expect(await grid.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('3');
    await page.keyboard.press('Control+a');
    await page.getByText('1,000,000 selected', { exact: true }).first().waitFor();
    await page.keyboard.press('Control+End');
    await page.getByText('Daniel Dubois 999999').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('without seeking the list grows as one scrolls', async () => {
    const { page, problems, close } = await openPage(browser, `${server.url}/?walk`);
    const grid = page.getByRole('grid', { name: 'Accounts' });
    await page.getByText('Hiroshi Larsen 3').waitFor();
    for (let turn = 0; turn < 4; turn += 1) {
      await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await page.waitForTimeout(200);
      await page.waitForSelector('[role=grid][aria-busy=false]');
    }
    const last = await grid.getByRole('row').last().getAttribute('aria-rowindex');
    expect(Number(last)).toBeGreaterThan(1000);
    expect(problems).toEqual([]);
    await close();
  });
});
