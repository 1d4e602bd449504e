import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

export interface StaticServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The strict policy the product's server sends too: nothing inline, nothing from elsewhere, styles by nonce. */
export function strictPolicy(nonce: string): string {
  return `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}

export type ApiAnswerer = (request: IncomingMessage, response: ServerResponse) => void;

function notThere(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end();
}

/** Serves a built web folder on loopback with a nonce for each page, as the product's server does. `answerApi` gets what lies below /api. */
export async function serveFolder(folder: string, page: string, answerApi: ApiAnswerer = notThere): Promise<StaticServer> {
  const server: Server = createServer((request, response) => {
    if (request.url?.startsWith('/api/') === true) {
      answerApi(request, response);
      return;
    }
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const name = extname(path) === '' ? page : path;
    readFile(join(folder, name)).then(
      (body) => {
        const nonce = randomBytes(16).toString('base64');
        const isPage = name === page;
        response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream', ...(isPage ? { 'content-security-policy': strictPolicy(nonce) } : {}) });
        response.end(isPage ? body.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
