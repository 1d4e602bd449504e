import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, loadConfig, startServer } from '@rollcall/server';
import type { RunningServer } from '@rollcall/server';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { fillInventory } from '../data/inventory.ts';
import { openBenchDatabase } from '../harness/bench-database.ts';
import type { BenchRow } from '../harness/bench-row.ts';
import { collectScripts } from './collect-scripts.ts';
import { scrollFor } from './scroll.ts';

const mostScriptKb = 250;
const person = { name: 'Bench', email: 'bench@example.com', password: 'correct horse battery staple' };

/** "web": what a cold /inventory loads, and whether its table of `accounts` rows scrolls without long tasks, in Chromium over the real server. */
export async function runWeb({ accounts, chromiumPath = '/usr/bin/chromium' }: { readonly accounts: number; readonly chromiumPath?: string }): Promise<readonly BenchRow[]> {
  await using database = await openBenchDatabase();
  await fillInventory(database.pool, accounts);
  await using cleanUp = new AsyncDisposableStack();
  const dataFolder = mkdtempSync(join(tmpdir(), 'rollcall-bench-web-'));
  cleanUp.defer(() => { rmSync(dataFolder, { recursive: true, force: true }); });
  const server = await startServer(loadConfig({ ROLLCALL_DATA: dataFolder, DATABASE_URL: database.connectionString, ROLLCALL_PORT: '0' }), { log: createLog('error') });
  cleanUp.defer(() => server.close());
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
  cleanUp.defer(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await signIn(context, server);
  const page = await context.newPage();
  const scripts = collectScripts(page);
  await page.goto(`${server.url}/inventory?as-of=2026-11-22`);
  await page.getByRole('row').nth(10).waitFor({ timeout: 60_000 });
  await page.waitForLoadState('networkidle');
  const loaded = await scripts();
  return [
    {
      name: 'web, cold /inventory', accounts, ratio: null, promise: `at most ${mostScriptKb} KB of JavaScript, gzipped`, holds: loaded.gzipBytes <= mostScriptKb * 1_000,
      floor: null, rollcall: null, notes: [`${(loaded.gzipBytes / 1_000).toFixed(1)} KB gzipped in ${loaded.files} files, ${(loaded.bytes / 1_000).toFixed(0)} KB unpacked`],
    },
    await scrollRow(page, accounts),
  ];
}

async function scrollRow(page: Page, accounts: number): Promise<BenchRow> {
  const seen = await scrollFor(page, 15_000);
  return {
    name: 'web, scrolling', accounts, ratio: null, promise: 'no task longer than 50 ms while the table scrolls', holds: seen.longTasks.length === 0, floor: null, rollcall: null,
    notes: [
      `${seen.frames} frames in ${(seen.milliseconds / 1_000).toFixed(1)} s over ${seen.pixels.toLocaleString('en-US')} pixels; ${seen.longTasks.length} long tasks${seen.longTasks.length === 0 ? '' : `, the longest ${Math.max(...seen.longTasks).toFixed(0)} ms`}; median frame ${seen.medianFrameMs.toFixed(1)} ms`,
    ],
  };
}

async function signIn(context: BrowserContext, server: RunningServer): Promise<void> {
  const token = new URL(server.setupLink ?? '').searchParams.get('token');
  const headers = { origin: server.url };
  const made = await context.request.post(`${server.url}/api/v1/setup`, { headers, data: { token, ...person } });
  const signedIn = await context.request.post(`${server.url}/api/auth/sign-in/email`, { headers, data: { email: person.email, password: person.password } });
  if (!made.ok() || !signedIn.ok()) throw new Error(`Signing in answered ${made.status()} and ${signedIn.status()}.`);
}
