import { ProblemError, problemSchema } from './problem.ts';

/** The part of a browser's XMLHttpRequest that is used: the only way there to see how much of a body was sent. */
interface BrowserRequest {
  readonly upload: { addEventListener(type: 'progress', listener: (event: { readonly loaded: number }) => void): void };
  addEventListener(type: 'load' | 'error' | 'abort', listener: () => void): void;
  readonly status: number;
  readonly responseText: string;
  open(method: string, address: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: unknown): void;
  abort(): void;
}
declare const XMLHttpRequest: new () => BrowserRequest;

export interface SendOptions {
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/** Sends a file from a browser as the body of a PUT to `href` (of the route `uploads.send`). Throws {@link ProblemError} for a refusal, an Error for a broken connection. */
export function sendFile(href: string, file: unknown, { onProgress, signal }: SendOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  request.open('PUT', href);
  request.setRequestHeader('accept', 'application/json');
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('x-rollcall-csrf', '1');
  request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
  request.addEventListener('load', () => (request.status >= 200 && request.status < 300 ? resolve() : reject(refusalOf(request))));
  request.addEventListener('error', () => reject(new Error('The connection broke while the file was sent. Nothing was taken: send it again.')));
  request.addEventListener('abort', () => reject(new Error('Stopped.')));
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.send(file);
  return promise;
}

function refusalOf({ status, responseText }: BrowserRequest): Error {
  try {
    const parsed = problemSchema.safeParse(JSON.parse(responseText));
    if (parsed.success) return new ProblemError(parsed.data);
  } catch {
    // Not JSON: said below.
  }
  return new Error(`The server answered ${status}. A proxy between may limit the size of files.`);
}
