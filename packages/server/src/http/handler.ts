import type { Route, RouteRequest, RouteResult } from '@rollcall/contract';
import type { Readable } from 'node:stream';
import type { Scope } from '../app/scope.ts';

/** A streamed download. `rows` goes into the header x-rollcall-rows, for progress. */
export interface FileAnswer {
  readonly fileName: string;
  readonly contentType: string;
  readonly rows: number | null;
  readonly chunks: AsyncIterable<string | Uint8Array>;
}

export interface HandlerRequest<R> extends RouteRequest<R> {
  readonly scope: Scope;
  /** Aborted when the asker goes away. */
  readonly signal: AbortSignal;
  /** The body of a route that takes bytes. */
  readonly bytes: Readable | null;
  /** Address by which the asker reached us, for links: `http://127.0.0.1:7077`. */
  readonly publicUrl: string;
}

/** `json` routes return their response, `file` routes a FileAnswer, `events` routes an async iterable of responses. */
type Answer<R> = RouteResult<R> | FileAnswer | AsyncIterable<RouteResult<R>>;

export interface Handler {
  readonly route: Route;
  readonly handle: (request: HandlerRequest<Route>) => Promise<unknown>;
  readonly options: HandlerOptions;
}

export interface HandlerOptions {
  /** The answer holds a secret that is shown once: it is not kept for a repeated request with the same Idempotency-Key. */
  readonly secretAnswer?: boolean;
}

/** Binds a route of the contract to its handler; types of request and answer come from the route. */
export function handler<const R extends Route>(route: R, handle: (request: HandlerRequest<R>) => Promise<Answer<R>>, options: HandlerOptions = {}): Handler {
  // Inside the server every handler is called with what its own route has parsed.
  return { route, handle, options };
}
