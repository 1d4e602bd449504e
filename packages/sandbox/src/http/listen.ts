import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Certificate } from './certificate.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** A listening server; `close` cuts every connection, those that were never answered too. */
export type Listening = { readonly url: string; close(): Promise<void> };

/** Listens on loopback by default. Answers carry the virtual time in `Date`. A defect in a handler is a 500, never a dead process. */
export async function listen(host: string, port: number, clock: Clock, choose: (path: string) => RequestHandler, certificate?: Certificate): Promise<Listening> {
  const scheme = certificate === undefined ? 'http' : 'https';
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    response.sendDate = false;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    const origin = `${scheme}://${request.headers.host ?? `${host}:${port}`}`;
    const url = URL.parse(`${origin}${request.url ?? '/'}`);
    if (url === null) {
      response.writeHead(400).end();
      return;
    }
    choose(url.pathname)(request, response, url).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`sandbox defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  };
  const server = certificate === undefined ? createServer(answer) : createTlsServer(certificate, answer);
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `${scheme}://${certificate !== undefined ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
}
