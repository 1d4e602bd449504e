import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPipeline, memoryBudgets } from '@rollcall/connectors/kit';
import type { Lane, PipelineLogEntry, PipelineOptions, VendorRequest } from '@rollcall/connectors/kit';
import { VendorError } from '@rollcall/connectors/kit';
import { onTestFinished } from 'vitest';

export const secret = 'ATCTT3xFfGN0-planted-key/with+signs=';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Answer = (request: Received, response: ServerResponse, number: number) => void;

/** A real server on loopback for one test. */
export async function serve(answer: Answer) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    // The pipelines of these tests have a clock of their own; without a date they take it for the server's.
    response.sendDate = false;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      answer(one, response, received.length);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A pipeline whose clock jumps over every wait. `waits` are the milliseconds it would have slept. */
export function pipelineFor(baseUrl: string, lane: Lane = 'run', more: Partial<PipelineOptions> = {}) {
  let skipped = 0;
  const waits: number[] = [];
  const logged: PipelineLogEntry[] = [];
  const now = (): Date => new Date(Date.UTC(2026, 10, 22) + skipped);
  const send = createPipeline({
    baseUrl,
    secret,
    budgets: memoryBudgets(now),
    lane,
    now,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      skipped += milliseconds;
      return Promise.resolve();
    },
    signal: new AbortController().signal,
    log: (entry) => logged.push(entry),
    random: () => 0.5,
    timeoutMs: 300,
    ...more,
  });
  return { send, waits, logged, now };
}

export const read: VendorRequest = { operation: 'test.read', budget: 'test', method: 'GET', path: '/admin/v2/things', write: false };
export const write: VendorRequest = { operation: 'test.write', budget: 'test', method: 'POST', path: '/admin/v2/things', body: { a: 1 }, write: true };

/** The facts of the VendorError that a sending ends with; fails the test when it does not. */
export async function failureOf(sending: Promise<unknown>): Promise<VendorError> {
  const error: unknown = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof VendorError) return error;
  throw new Error(`expected a VendorError, not ${String(error)}`);
}

/** An address at which nothing listens any more. */
export async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return `http://127.0.0.1:${port}`;
}
