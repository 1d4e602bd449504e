import type { Route, RouteInput } from '@rollcall/contract';
import { api } from './client.ts';

/** The answer began and ended before its end: the server failed on the way, or the connection broke. */
export class DownloadBrokeOffError extends Error {
  override readonly name = 'DownloadBrokeOffError';
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly onBegin?: (headers: Headers) => void;
  readonly onPiece?: (piece: Uint8Array) => void;
}

/**
 * Fetches a file and hands it to the browser when it is whole: a refusal is then a problem for the screen and not a page of its own, and half a file is never saved. Throws
 * ProblemError, DownloadBrokeOffError, and AbortError when `signal` is aborted.
 */
export async function download<R extends Route>(route: R, input: RouteInput<R>, { signal, onBegin, onPiece }: DownloadOptions): Promise<void> {
  const answer = await api.open(route, input, { signal });
  onBegin?.(answer.headers);
  const watch = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      onPiece?.(piece);
      controller.enqueue(piece);
    },
  });
  // The browser keeps what is large on the disk.
  const file = await new Response(answer.body?.pipeThrough(watch) ?? null, { headers: { 'content-type': answer.headers.get('content-type') ?? 'application/octet-stream' } }).blob().catch((error: unknown) => {
    signal.throwIfAborted();
    throw new DownloadBrokeOffError('The download broke off.', { cause: error });
  });
  save(file, fileNameOf(answer.headers.get('content-disposition') ?? ''));
}

/** RFC 6266: the name in UTF-8 stands beside one for old readers. */
function fileNameOf(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/iu.exec(disposition)?.[1];
  return encoded === undefined ? (/filename="([^"]+)"/u.exec(disposition)?.[1] ?? 'rollcall') : decodeURIComponent(encoded);
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file over when a later task runs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
