import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** False where the machine has no Chromium: browser tests then skip, visibly. */
export const hasBrowser = existsSync(executablePath);

/** Starts Chromium without anything that would reach out by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export type Theme = 'light' | 'dark';

export interface OpenOptions {
  readonly theme?: Theme;
  readonly language?: 'en' | 'ja';
  /** A phone of 390 × 844 with touch; else 1280 × 800. */
  readonly isPhone?: boolean;
  /** Statuses of answers that the test expects and that Chromium reports as console errors, e.g. [401]. */
  readonly expectedStatuses?: readonly number[];
}

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors and warnings, page errors, policy violations and requests off the host, seen so far. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** A fresh profile on the app in a theme and language; everything that must not happen is written down in `problems`. */
export async function openPage(browser: Browser, url: string, options: OpenOptions = {}): Promise<WatchedPage> {
  const { theme = 'light', language = 'en', isPhone = false, expectedStatuses = [] } = options;
  const context = await browser.newContext({
    viewport: isPhone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    colorScheme: theme,
    locale: language === 'ja' ? 'ja-JP' : 'en-US',
    hasTouch: isPhone,
    isMobile: isPhone,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  await watch(page, new URL(url).host, problems, expectedStatuses);
  await page.goto(url);
  return { page, context, problems, close: () => context.close() };
}

async function watch(page: Page, host: string, problems: string[], expectedStatuses: readonly number[]): Promise<void> {
  const isExpected = (text: string): boolean => expectedStatuses.some((status) => text.includes(`status of ${status}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isExpected(message.text())) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.host !== host && target.protocol !== 'blob:' && target.protocol !== 'data:') problems.push(`request off the host: ${target.origin}`);
  });
  await page.exposeFunction('reportPolicyViolation', (text: string) => problems.push(`policy violation: ${text}`));
  await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => window.reportPolicyViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber));`);
}

/**
 * Accessibility violations as short lines: rule, how often, first place. With a menu or popover open (`isOverlayOpen`) the
 * best practice "everything in a landmark" is left out: React Aria puts hidden dismiss buttons for screen readers beside
 * the overlay, outside every landmark on purpose. Its announcer is left out too: for seven seconds it says the name of a
 * button that was waited for, which may have left the page.
 */
export async function axeViolations(page: Page, { isOverlayOpen = false }: { readonly isOverlayOpen?: boolean } = {}): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').disableRules(isOverlayOpen ? ['region'] : []).analyze();
  return violations.map((violation) => {
    const first = violation.nodes[0];
    return `${violation.id} × ${violation.nodes.length}: ${violation.help} (${first?.target.join(' ') ?? ''}) ${first?.html.slice(0, 160) ?? ''} ${first?.any[0]?.message ?? ''}`;
  });
}

/** True when the page itself scrolls sideways, which it must not at any width. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}
