import type { Permission } from './permissions.ts';
import type { z } from 'zod';

type Shape = z.ZodObject | undefined;
type Body = z.ZodType | undefined;

/**
 * One operation of the REST API as data. `path` is below /api/v1, with `:name` parameters. `answers` says what comes back: `json`
 * by the response schema, `file` as a streamed download, `events` as server-sent events whose data is the response schema.
 * `takes: 'bytes'` marks an upload whose body is streamed as it is.
 */
export interface Route<P extends Shape = Shape, Q extends Shape = Shape, B extends Body = Body, R extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /** `open`: no sign-in; `signedIn`: any person or token; else the permission that is needed. */
  readonly access: Permission | 'open' | 'signedIn';
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly takes?: 'json' | 'bytes';
  readonly answers: 'json' | 'file' | 'events' | 'nothing';
  readonly status: 200 | 201 | 202 | 204;
  readonly response: R;
}

/** Keeps the exact schemas of a route for the client's and the server's types. */
export function defineRoute<P extends Shape = undefined, Q extends Shape = undefined, B extends Body = undefined, R extends z.ZodType = z.ZodType>(
  route: Route<P, Q, B, R>,
): Route<P, Q, B, R> {
  return route;
}

type Input<T> = T extends z.ZodType ? z.input<T> : undefined;
type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a caller passes. */
export type RouteInput<R> = R extends Route<infer P, infer Q, infer B>
  ? (P extends z.ZodType ? { readonly params: Input<P> } : unknown) &
      (Q extends z.ZodType ? { readonly query?: Input<Q> } : unknown) &
      (B extends z.ZodType ? { readonly body: Input<B> } : unknown)
  : never;

/** What a handler gets: parsed, with defaults filled in. */
export interface RouteRequest<R> {
  readonly params: R extends Route<infer P> ? Output<P> : never;
  readonly query: R extends Route<Shape, infer Q> ? Output<Q> : never;
  readonly body: R extends Route<Shape, Shape, infer B> ? Output<B> : never;
}

export type RouteAnswer<R> = R extends Route<Shape, Shape, Body, infer A> ? z.output<A> : never;
/** What a handler returns, before the response schema strips what is not part of it. */
export type RouteResult<R> = R extends Route<Shape, Shape, Body, infer A> ? z.input<A> : never;
