import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

export interface LoadedScripts {
  readonly files: number;
  readonly bytes: number;
  /** Each file by itself, at the best level of gzip, as the server sends them. */
  readonly gzipBytes: number;
}

/** Notes every script that the page loads from now on. The returned function sums them up. */
export function collectScripts(page: Page): () => Promise<LoadedScripts> {
  const bodies = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' && response.ok()) bodies.set(response.url(), response.body());
  });
  return async () => {
    const all = await Promise.all(bodies.values());
    return { files: all.length, bytes: all.reduce((sum, body) => sum + body.length, 0), gzipBytes: all.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) };
  };
}
