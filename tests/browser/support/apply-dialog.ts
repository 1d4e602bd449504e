import type { Locator, Page } from 'playwright-core';

/** Opens the last look before a plan is applied. */
export async function openApply(page: Page, people: number): Promise<Locator> {
  await page.getByRole('button', { name: 'Apply…' }).click();
  const dialog = page.getByRole('dialog', { name: `Apply to ${people} ${people === 1 ? 'person' : 'people'}` });
  await dialog.getByText('Before you apply').waitFor();
  return dialog;
}

/** The field in which the number of people of a large plan is typed back. */
export function numberIn(dialog: Locator): Locator {
  return dialog.getByRole('textbox', { name: /^Type the number of people/ });
}

/** Opens it, and types the number back where that is asked for. */
export async function confirmNumber(page: Page, people: number): Promise<Locator> {
  const dialog = await openApply(page, people);
  if ((await numberIn(dialog).count()) > 0) await numberIn(dialog).fill(String(people));
  return dialog;
}
