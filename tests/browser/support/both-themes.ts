import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { axeViolations } from '../../../packages/web/test/support/browser.ts';

/** No accessibility violation as it stands, in the light and in the dark theme. */
export async function expectAccessible(page: Page, { isOverlayOpen = false }: { readonly isOverlayOpen?: boolean } = {}): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-color-mode="${colorScheme}"]`).waitFor();
    // Colours fade over into the other theme, if only for one frame.
    await page.evaluate('Promise.all(document.getAnimations({ subtree: true }).map((animation) => animation.finished.catch(() => undefined)))');
    expect({ colorScheme, at: new URL(page.url()).pathname, violations: await axeViolations(page, { isOverlayOpen }) }).toEqual({ colorScheme, at: new URL(page.url()).pathname, violations: [] });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
