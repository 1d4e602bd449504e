import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Problem } from '@rollcall/contract';
import { primed } from './primed.ts';

export interface EventStream {
  readonly events: AsyncIterable<unknown>;
  /** Applies the response schema. */
  readonly shape: (event: unknown) => unknown;
  readonly problemOf: (error: unknown) => Problem;
  /** Aborted when the asker leaves or the server stops. */
  readonly signal: AbortSignal;
}

/** A proxy that hears nothing for long closes the line. */
const heartbeatMs = 15_000;
const retryMs = 2_000;

/**
 * Answers server-sent events: each `data` is the response, `event: end` follows the last one so that the reader does not connect anew,
 * `event: problem` ends a stream that failed. Comments keep the line open.
 */
export async function sendEvents(reply: FastifyReply, stream: EventStream): Promise<FastifyReply> {
  const events = await primed(stream.events);
  void reply.header('content-type', 'text/event-stream; charset=utf-8').header('x-accel-buffering', 'no');
  return reply.send(Readable.from(frames(events, stream), { objectMode: false }));
}

async function* frames(events: AsyncGenerator<unknown, void>, stream: EventStream): AsyncGenerator<string, void> {
  yield `retry: ${retryMs}\n\n`;
  let pending: Promise<IteratorResult<unknown, void>> | null = null;
  try {
    while (!stream.signal.aborted) {
      pending ??= events.next();
      const step = await withHeartbeat(pending, stream.signal);
      if (step === 'beat') {
        yield ':\n\n';
        continue;
      }
      if (step === 'aborted') return;
      pending = null;
      if (step.done === true) {
        yield 'event: end\ndata: {}\n\n';
        return;
      }
      yield `data: ${JSON.stringify(stream.shape(step.value))}\n\n`;
    }
  } catch (error) {
    yield `event: problem\ndata: ${JSON.stringify(stream.problemOf(error))}\n\n`;
  } finally {
    // Not awaited: a source that still waits for its next event would hold the answer open. Its signal ends it.
    pending?.catch(() => undefined);
    events.return().catch(() => undefined);
  }
}

async function withHeartbeat(pending: Promise<IteratorResult<unknown, void>>, signal: AbortSignal): Promise<IteratorResult<unknown, void> | 'beat' | 'aborted'> {
  const { promise: other, resolve } = Promise.withResolvers<'beat' | 'aborted'>();
  const timer = setTimeout(() => { resolve('beat'); }, heartbeatMs);
  const onAbort = (): void => { resolve('aborted'); };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([pending, other]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
