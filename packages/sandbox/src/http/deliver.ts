import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultEffect } from './faults.ts';

/** Answer as bytes, ready to leave. */
export type Rendered = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

async function drip(response: ServerResponse, rendered: Rendered, chunkBytes: number, everyMs: number): Promise<void> {
  response.writeHead(rendered.status, { ...rendered.headers, 'content-length': String(rendered.body.length) });
  for (let at = 0; at < rendered.body.length && !response.destroyed; at += chunkBytes) {
    response.write(rendered.body.subarray(at, at + chunkBytes));
    await sleep(everyMs, undefined, { ref: false });
  }
  response.end();
}

async function flood(response: ServerResponse, rendered: Rendered, bytes: number): Promise<void> {
  response.writeHead(rendered.status, rendered.headers);
  const piece = Buffer.alloc(64 * 1024, ' ');
  const closed = once(response, 'close');
  for (let sent = 0; sent < bytes && !response.destroyed; sent += piece.length) {
    // The reader may leave at any moment; without room the next piece waits for it.
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), closed]);
  }
  response.end(rendered.body);
}

function truncate(response: ServerResponse, rendered: Rendered, share: number): void {
  response.writeHead(rendered.status, { ...rendered.headers, 'content-length': String(rendered.body.length) });
  response.write(rendered.body.subarray(0, Math.floor(rendered.body.length * share)), () => response.destroy());
}

/** Sends an answer, or spoils it on the way out as the faults of this call say. */
export async function deliver(response: ServerResponse, rendered: Rendered, effects: readonly FaultEffect[]): Promise<void> {
  for (const effect of effects) {
    if (effect.kind === 'dropAfterWrite') {
      if (effect.how === 'reset') response.destroy();
      return;
    }
    if (effect.kind === 'slowDrip') return drip(response, rendered, effect.chunkBytes, effect.everyMs);
    if (effect.kind === 'flood') return flood(response, rendered, effect.bytes);
    if (effect.kind === 'truncate') return truncate(response, rendered, effect.share);
    if (effect.kind === 'wrongJson') return void response.writeHead(200, { 'content-type': 'application/json' }).end(effect.text);
  }
  response.writeHead(rendered.status, { ...rendered.headers, ...(rendered.status === 204 ? {} : { 'content-length': String(rendered.body.length) }) });
  response.end(rendered.body);
  return undefined;
}
