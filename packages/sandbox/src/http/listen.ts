import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** A listening server; `close` cuts every connection, those that were never answered too. */
export type Listening = { readonly url: string; close(): Promise<void> };

/** Listens on loopback by default. Answers carry the virtual time in `Date`. A defect in a handler is a 500, never a dead process. */
export async function listen(host: string, port: number, clock: Clock, choose: (path: string) => RequestHandler): Promise<Listening> {
  const server = createServer((request, response) => {
    response.sendDate = false;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    const origin = `http://${request.headers.host ?? `${host}:${port}`}`;
    const url = URL.parse(`${origin}${request.url ?? '/'}`);
    if (url === null) {
      response.writeHead(400).end();
      return;
    }
    choose(url.pathname)(request, response, url).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`sandbox defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
}
