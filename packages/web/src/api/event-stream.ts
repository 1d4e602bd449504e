import { useEffect, useState } from 'react';
import type { Route, RouteAnswer, RouteInput } from '@rollcall/contract';
import { api } from './client.ts';

export interface EventStream<Event> {
  /** The newest event; null before the first. */
  readonly latest: Event | null;
  /** `waiting` while (re)connecting: the browser tries again by itself. `closed`: at its end, or refused; then it is asked for again a few times. */
  readonly state: 'waiting' | 'open' | 'closed';
}

/** A stream that the server refuses is asked for again this often, later each time. */
const mostRefusals = 5;
const againMs = 3_000;

/**
 * Server-sent events of an address: each is JSON, read by `parse` (throwing drops the connection with an error in the
 * console). `isLast` says that nothing follows, so that the stream is closed and not opened again. Null: not connected.
 */
function useEventStream<Event>(url: string | null, parse: (value: unknown) => Event, isLast: (event: Event) => boolean = () => false): EventStream<Event> {
  const [stream, setStream] = useState<EventStream<Event>>({ latest: null, state: 'waiting' });
  useEffect(() => {
    if (url === null) return;
    setStream({ latest: null, state: 'waiting' });
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    let refusals = 0;
    const open = (): void => {
      source = new EventSource(url);
      source.addEventListener('open', () => {
        refusals = 0;
        setStream((before) => ({ ...before, state: 'open' }));
      });
      source.addEventListener('error', () => {
        // A refusal, by a busy server for one, ends a stream for good; what broke is taken up again by the browser.
        const isRefused = source.readyState === EventSource.CLOSED;
        if (isRefused) refusals += 1;
        setStream((before) => ({ ...before, state: isRefused ? 'closed' : 'waiting' }));
        if (isRefused && refusals <= mostRefusals) again = setTimeout(open, refusals * againMs);
      });
      source.addEventListener('message', (message) => {
        const event = parse(JSON.parse(String(message.data)));
        const isEnd = isLast(event);
        if (isEnd) source.close();
        setStream({ latest: event, state: isEnd ? 'closed' : 'open' });
      });
    };
    open();
    return () => {
      clearTimeout(again);
      source.close();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the functions are taken as they were when the address changed: a stream is one question
  }, [url]);
  return stream;
}

/** The events of a contract route that answers `events`. `input` null: not connected. */
export function useRouteEvents<R extends Route>(route: R, input: RouteInput<R> | null, isLast: (event: RouteAnswer<R>) => boolean = () => false): EventStream<RouteAnswer<R>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema's output type is the declared answer; parse proves it
  return useEventStream<RouteAnswer<R>>(input === null ? null : api.href(route, input), (value) => route.response.parse(value) as RouteAnswer<R>, isLast);
}
