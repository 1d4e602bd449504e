import { gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, hasBrowser, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts';
import { buildWeb } from '../support/build.ts';
import type { BuiltFolder } from '../support/build.ts';
import { serveFolder } from '../support/static-server.ts';
import type { StaticServer } from '../support/static-server.ts';

const me = {
  id: 'p1',
  name: '山田 花子',
  email: 'hanako@example.com',
  kind: 'person',
  role: 'administrator',
  permissions: ['read', 'sync', 'plan', 'apply', 'approve', 'exempt', 'audit', 'sources', 'administer'],
  sourceIds: null,
  sites: null,
  workspace: { key: '0193b7c1-0000-7000-8000-000000000001', name: 'Acme' },
  workspaces: 1,
  paused: { at: '2026-11-22T09:00:00Z', by: 'Priya', reason: 'Audit week' },
  version: '0.1.0',
};

let isSignedIn = true;

/** Only what the shell itself reads; screens of features have tests of their own against the real server. */
function answerApi(request: IncomingMessage, response: ServerResponse): void {
  const answer = (status: number, value: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const path = request.url?.split('?')[0];
  if (!isSignedIn) answer(401, { type: 'about:blank', title: 'Sign in', status: 401, code: 'signInNeeded', detail: 'Sign in first.' });
  else if (path === '/api/v1/me') answer(200, me);
  else if (path === '/api/v1/sources') answer(200, { items: [] });
  else answer(404, { type: 'about:blank', title: 'Not found', status: 404, code: 'notFound', detail: 'Not part of this test.' });
}

let built: BuiltFolder;
let server: StaticServer;
let browser: Browser;

describe.skipIf(!hasBrowser)('shell', () => {
  beforeAll(async () => {
    built = await buildWeb('production');
    server = await serveFolder(built.folder, 'index.html', answerApi);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
    await built.remove();
  });

  test('not found, navigation, focus on the title, skip link, both themes, both languages', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, problems, close } = await openPage(browser, `${server.url}/nowhere`, { theme, language: 'ja', expectedStatuses: [404] });
      await page.getByRole('heading', { level: 1, name: 'ページが見つかりません' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('本文へ移動');
      await page.getByRole('link', { name: '計画' }).click();
      await page.getByRole('heading', { level: 1, name: '計画' }).waitFor();
      await expect.poll(() => page.locator(':focus').textContent()).toBe('計画');
      expect(await page.title()).toBe('計画 - Rollcall');
      await page.getByRole('button', { name: '言語とテーマ' }).click();
      await page.getByRole('menuitem', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Plans' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Plans' }).waitFor();
      expect(problems).toEqual([]);
      await close();
    }
  });

  test('what becomes of a write whose screen was left is told: a refusal, a success', async () => {
    const settings = { workspaceName: 'Acme', caps: { people: 500, percent: 10 }, minimumPeriodDays: 30, freshnessHours: 48, lowUsageDays: 3, planExpiryHours: 72, typeBackFrom: 25, approverApplies: false, breaker: { people: 20, percent: 50 }, mostUnknownPercent: 75 };
    const { page, problems, close } = await openPage(browser, `${server.url}/nowhere`, { expectedStatuses: [404, 409] });
    for (const refusal of [{ type: 'about:blank', title: 'Conflict', status: 409, code: 'conflict', detail: 'Somebody changed it meanwhile.' }, null]) {
      const gate = Promise.withResolvers<undefined>();
      await page.route('**/api/v1/settings', async (route) => {
        if (route.request().method() === 'GET') return route.fulfill({ json: settings });
        await gate.promise;
        return route.fulfill(refusal === null ? { json: settings } : { status: 409, json: refusal });
      });
      await page.goto(`${server.url}/settings?tab=workspace`);
      await page.getByRole('textbox', { name: 'Name' }).fill('Acme and sons');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('link', { name: 'Plans' }).click();
      await page.getByRole('heading', { level: 1, name: 'Plans' }).waitFor();
      gate.resolve(undefined);
      const told = page.getByRole('region', { name: 'Notifications' });
      if (refusal === null) await told.getByText('What you began there is done').waitFor();
      else await told.getByText('Somebody changed it meanwhile. (Settings - Rollcall)').waitFor();
      expect(page.url()).toContain('/plans');
      await page.unroute('**/api/v1/settings');
    }
    expect(problems).toEqual([]);
    await close();
  });

  test('a refusal is said in Japanese with its values', async () => {
    const { page, problems, close } = await openPage(browser, `${server.url}/nowhere`, { language: 'ja', expectedStatuses: [404, 409] });
    const data = { refusal: 'alreadyExempt', label: 'partner.example', reason: '契約先', owner: '情報システム部' };
    await page.route('**/api/v1/resume', (route) => route.fulfill({ status: 409, json: { type: 'about:blank', title: 'conflict', status: 409, code: 'conflict', detail: 'partner.example is exempt already.', data } }));
    await page.getByRole('button', { name: '再開' }).click();
    await page.getByText('partner.example はすでに除外されています: 契約先 (情報システム部)。その除外を変更してください。').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('on a phone the navigation is a drawer and nothing scrolls sideways', async () => {
    const { page, problems, close } = await openPage(browser, `${server.url}/nowhere`, { isPhone: true, expectedStatuses: [404] });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await page.getByRole('button', { name: 'Open the navigation' }).click();
    await page.getByRole('link', { name: 'Plans' }).click();
    await page.getByRole('heading', { level: 1, name: 'Plans' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await close();
  });

  test('whoever is not signed in is sent to sign in, and the way back is kept', async () => {
    isSignedIn = false;
    const { page, problems, close } = await openPage(browser, `${server.url}/plans`, { expectedStatuses: [401, 404] });
    await page.waitForURL(/\/sign-in\?next=/);
    expect(new URL(page.url()).searchParams.get('next')).toBe('/plans');
    expect(problems).toEqual([]);
    await close();
    isSignedIn = true;
  });

  test('a cold start of /inventory loads at most 230 KB of JavaScript, gzipped', async () => {
    const { page, close } = await openPage(browser, 'about:blank');
    const sizes: Promise<readonly [string, number]>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.endsWith('.js')) sizes.push(response.body().then((body) => [pathname, gzipSync(body).length] as const));
    });
    await page.goto(`${server.url}/inventory`);
    await page.waitForLoadState('networkidle');
    const loaded = await Promise.all(sizes);
    const total = loaded.reduce((sum, [, size]) => sum + size, 0);
    expect(loaded.length).toBeGreaterThan(3);
    expect(total).toBeLessThanOrEqual(230_000);
    await close();
  });
});
