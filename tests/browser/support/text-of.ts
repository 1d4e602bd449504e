import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';

/** What stands in a file that the page downloaded. */
export async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}
