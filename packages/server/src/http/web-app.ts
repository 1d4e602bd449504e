import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { securityHeaders } from './security-headers.ts';

interface WebFile {
  readonly type: string;
  readonly plain: Buffer;
  /** Null where it does not get smaller. */
  readonly gzipped: Buffer | null;
  /** Its name holds a digest of its content: it never changes. */
  readonly immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const yearSeconds = 31_536_000;
const nonceMark = '__CSP_NONCE__';

/**
 * Serves the built web app from memory (a few megabytes): only files that were there at start have an address, so no path can lead
 * elsewhere. Every other address outside /api is the app's own and gets its page, with a fresh nonce for its styles.
 */
export async function registerWebApp(server: FastifyInstance, distFolder: string, secure: boolean): Promise<(request: FastifyRequest, reply: FastifyReply) => FastifyReply> {
  const files = await readFiles(distFolder);
  const page = files.get('/index.html')?.plain.toString('utf8');
  if (page === undefined) throw new Error(`The web app is not built: ${distFolder} has no index.html. Build it with "npm run build" in packages/web.`);
  for (const [address, file] of files) {
    if (address === '/index.html') continue;
    server.get(address, { config: { name: 'web.file' } }, (request, reply) => sendWebFile(file, request, reply));
  }
  return (_request, reply) => {
    const nonce = randomBytes(18).toString('base64');
    return reply
      .headers({ ...securityHeaders(nonce, secure), 'cache-control': 'no-store', 'content-type': types['.html'] ?? '' })
      .send(page.replaceAll(nonceMark, nonce));
  };
}

function sendWebFile(file: WebFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const zipped = file.gzipped !== null && /\bgzip\b/u.test(request.headers['accept-encoding'] ?? '') ? file.gzipped : null;
  void reply.headers({
    'content-type': file.type,
    'cache-control': file.immutable ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
    vary: 'accept-encoding',
    ...(zipped === null ? {} : { 'content-encoding': 'gzip' }),
  });
  return reply.send(zipped ?? file.plain);
}

async function readFiles(folder: string): Promise<Map<string, WebFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, WebFile>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const name = path.join(entry.parentPath, entry.name);
    const address = `/${path.relative(folder, name).split(path.sep).join('/')}`;
    const plain = await readFile(name);
    const zipped = await promisify(gzip)(plain, { level: 9 });
    files.set(address, {
      type: types[path.extname(name)] ?? 'application/octet-stream',
      plain,
      gzipped: zipped.length < plain.length * 0.9 ? zipped : null,
      immutable: address.startsWith('/assets/'),
    });
  }
  return files;
}
