import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '@rollcall/contract';

/** `onSignInNeeded` is called when a session has ended meanwhile. An answer that is a problem is final; a broken connection is tried twice more. */
export function makeQueryClient(onSignInNeeded: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSignInNeeded(error)) onSignInNeeded();
      },
    }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (count, error) => !(error instanceof ProblemError) && count < 2 },
      mutations: { retry: false },
    },
  });
}

export function isSignInNeeded(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'signInNeeded';
}
