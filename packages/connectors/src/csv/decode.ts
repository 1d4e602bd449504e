import { inspectedBytes, inspectStart } from './looks-like.ts';
import type { Encoding } from './looks-like.ts';

/** A file as UTF-8 bytes without its byte order mark. */
export interface DecodedFile {
  readonly encoding: Encoding;
  readonly chunks: AsyncIterable<Buffer>;
}

export interface DecodeOptions {
  /** Called with the bytes of the file read so far, after every chunk. */
  readonly onBytes?: ((bytesRead: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a file given as byte chunks of any size (the source may reuse a chunk's memory once it is asked for the next): finds its encoding and yields it as UTF-8. Bytes that are no valid text stay in
 * UTF-8 files as they are and become U+FFFD when decoded. Throws `ExportRefused` for a file that is visibly no text, and the
 * signal's reason when it is aborted.
 */
export async function decodeFile(source: AsyncIterable<Uint8Array>, options: DecodeOptions = {}): Promise<DecodedFile> {
  const iterator = watched(source, options)[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let length = 0;
  while (length < inspectedBytes) {
    const next = await iterator.next();
    if (next.done === true) break;
    head.push(Buffer.from(next.value));
    length += next.value.length;
  }
  const first = Buffer.concat(head);
  const found = inspectStart(first.subarray(0, inspectedBytes));
  const bytes = rest(first.subarray(found.markBytes), iterator);
  return { encoding: found.encoding, chunks: found.encoding === 'utf-8' ? bytes : toUtf8(bytes, found.encoding) };
}

async function* watched(source: AsyncIterable<Uint8Array>, options: DecodeOptions): AsyncGenerator<Buffer, void, undefined> {
  let read = 0;
  options.signal?.throwIfAborted();
  for await (const chunk of source) {
    options.signal?.throwIfAborted();
    read += chunk.byteLength;
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    options.onBytes?.(read);
  }
}

async function* rest(first: Buffer, iterator: AsyncGenerator<Buffer, void, undefined>): AsyncGenerator<Buffer, void, undefined> {
  try {
    if (first.length > 0) yield first;
    yield* iterator;
  } finally {
    await iterator.return();
  }
}

async function* toUtf8(bytes: AsyncIterable<Buffer>, encoding: 'utf-16le' | 'utf-16be'): AsyncGenerator<Buffer, void, undefined> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield Buffer.from(text, 'utf8');
  }
  const last = decoder.decode();
  if (last !== '') yield Buffer.from(last, 'utf8');
}
