import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Route, RouteAnswer, RouteInput } from '@rollcall/contract';
import { api } from './client.ts';

/** Key of everything read from a route: invalidating `[route.path]` reads all of it again. */
export function readKey<R extends Route>(route: R, input: RouteInput<R>): readonly [string, RouteInput<R>] {
  return [route.path, input];
}

export interface ReadOptions<R extends Route> {
  readonly queryKey: readonly [string, RouteInput<R>];
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<RouteAnswer<R>>;
}

/** Query options of a GET route, for loaders and for `useQuery`. A reading nobody waits for any more is aborted. */
export function readOptions<R extends Route>(route: R, input: RouteInput<R>): ReadOptions<R> {
  return { queryKey: readKey(route, input), queryFn: ({ signal }) => api.call(route, input, { signal }) };
}

export interface ReadSettings {
  /** False: wait (for a choice of the user's). */
  readonly isEnabled?: boolean;
  /** Milliseconds after which it is read again by itself. */
  readonly refreshMs?: number;
}

/** Reads a GET route of the contract. */
export function useRead<R extends Route>(route: R, input: RouteInput<R>, { isEnabled = true, refreshMs }: ReadSettings = {}): UseQueryResult<RouteAnswer<R>> {
  return useQuery({ ...readOptions(route, input), enabled: isEnabled, ...(refreshMs === undefined ? {} : { refetchInterval: refreshMs }) });
}
