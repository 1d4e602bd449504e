import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { FileAnswer } from './handler.ts';
import { primed } from './primed.ts';

/**
 * Answers a download as a stream that waits for the reader; it is ended early when the reader goes away. What breaks once the answer has begun can only be told by
 * closing the connection: `onBroken` has the reason.
 */
export async function sendFile(reply: FastifyReply, file: FileAnswer, onBroken: (error: unknown) => void): Promise<FastifyReply> {
  const chunks = await primed(file.chunks);
  void reply
    .header('content-type', file.contentType)
    .header('content-disposition', contentDisposition(file.fileName));
  if (file.rows !== null) void reply.header('x-rollcall-rows', String(file.rows));
  return reply.send(Readable.from(telling(chunks, onBroken), { objectMode: false }));
}

async function* telling(chunks: AsyncIterable<string | Uint8Array>, onBroken: (error: unknown) => void): AsyncGenerator<string | Uint8Array, void> {
  try {
    yield* chunks;
  } catch (error) {
    onBroken(error);
    throw error;
  }
}

/** RFC 6266: a plain name for old readers, and the real one in UTF-8. */
function contentDisposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\u0020-\u007E]/gu, '_').replaceAll(/["\\%/]/gu, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(/['()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
