import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startTestHttp } from '../support/http-server.ts';
import type { TestHttpServer } from '../support/http-server.ts';

let database: TestDatabase;
let server: TestHttpServer;
let distFolder: string;
beforeAll(async () => {
  database = await testDatabase();
  distFolder = await mkdtemp('/tmp/rollcall-web-');
  await mkdir(`${distFolder}/assets`);
  await writeFile(`${distFolder}/index.html`, '<!doctype html><style nonce="__CSP_NONCE__"></style><script src="/assets/app-1a2b.js"></script>');
  await writeFile(`${distFolder}/assets/app-1a2b.js`, 'console.log(1);'.repeat(500));
  server = await startTestHttp(database, { handlers: () => [], web: { distFolder } });
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(distFolder, { recursive: true });
});

describe('the web app', () => {
  it('gets a fresh nonce and a strict policy with every page', async () => {
    const pages = [await server.call('GET', '/'), await server.call('GET', '/inventory?q=x')];
    const nonces = pages.map((page) => /nonce="([^"]+)"/u.exec(page.text)?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const [index, page] of pages.entries()) {
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`style-src 'self' 'nonce-${nonces[index]}'`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('serves assets for ever and compressed, and nothing outside its folder', async () => {
    const asset = await server.call('GET', '/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip' } });
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.text).toContain('console.log');
    const outside = await server.call('GET', '/assets/%2e%2e/%2e%2e/etc/passwd');
    expect(outside.text).not.toContain('root:');
  });
});
