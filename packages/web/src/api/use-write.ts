import { useEffect, useRef } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import type { Route, RouteAnswer, RouteInput } from '@rollcall/contract';
import { api } from './client.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { tellLateOutcome } from './late-outcomes.ts';

export interface Outcome<Answer> {
  readonly onSuccess?: (answer: Answer) => void;
  readonly onError?: (error: Error) => void;
  readonly onSettled?: () => void;
}

export interface Write<R extends Route> extends Pick<UseMutationResult<RouteAnswer<R>, Error, RouteInput<R>>, 'data' | 'error' | 'isPending' | 'reset'> {
  readonly mutate: (input: RouteInput<R>, outcome?: Outcome<RouteAnswer<R>>) => void;
}

/**
 * A write: `mutate(input)`. Each call carries its own idempotency key. `invalidates` names the routes whose readings it
 * changes; they are read again when it succeeds. Errors are `ProblemError`s whose message says what to do. Who has left the screen before the
 * answer comes is told in a corner what became of it, and is not led elsewhere by it.
 */
export function useWrite<R extends Route>(route: R, invalidates: readonly Route[] = []): Write<R> {
  const queries = useQueryClient();
  const isShown = useIsShown();
  const { data, error, isPending, reset, mutateAsync } = useMutation({
    mutationFn: async ({ input, onAnswer }: { readonly input: RouteInput<R>; readonly onAnswer: () => void }) => {
      const answer = await api.call(route, input, { idempotencyKey: newIdempotencyKey() });
      onAnswer();
      await Promise.all(invalidates.map((each) => queries.invalidateQueries({ queryKey: [each.path] })));
      return answer;
    },
  });
  const send = async (input: RouteInput<R>, outcome: Outcome<RouteAnswer<R>>): Promise<void> => {
    const screen = document.title;
    // What is read again may itself take the screen away, such as that of something deleted: that is no leaving.
    let wasShown = true;
    try {
      const answer = await mutateAsync({ input, onAnswer: () => { wasShown = isShown(); } });
      if (wasShown) outcome.onSuccess?.(answer);
      else tellLateOutcome({ error: null, screen });
    } catch (failure) {
      wasShown = isShown();
      if (!wasShown) tellLateOutcome({ error: failure, screen });
      else if (failure instanceof Error) outcome.onError?.(failure);
    }
    if (wasShown) outcome.onSettled?.();
  };
  return { data, error, isPending, reset, mutate: (input, outcome = {}) => void send(input, outcome) };
}

/** Asks whether the component stands on the screen now. */
function useIsShown(): () => boolean {
  const shown = useRef(false);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return () => shown.current;
}
