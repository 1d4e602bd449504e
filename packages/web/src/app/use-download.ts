import { useRef, useState } from 'react';
import type { Route, RouteInput } from '@rollcall/contract';
import { download } from '../api/index.ts';
import { showFlag } from '../ui/index.ts';
import { useProblem } from '../words/problems.ts';

export interface FileDownload<R extends Route> {
  readonly start: (input: RouteInput<R>) => void;
  readonly cancel: () => void;
  readonly isPending: boolean;
  /** That came so far. */
  readonly bytes: number;
}

/** Downloads a file of a route, and says in a notification why that failed. Goes on when the screen is left. */
export function useDownload<R extends Route>(route: R, { onDone }: { readonly onDone?: () => void } = {}): FileDownload<R> {
  const problem = useProblem();
  const [bytes, setBytes] = useState<number | null>(null);
  const aborter = useRef<AbortController | null>(null);
  const start = (input: RouteInput<R>): void => {
    if (aborter.current !== null) return;
    const abort = new AbortController();
    aborter.current = abort;
    let came = 0;
    setBytes(0);
    download(route, input, { signal: abort.signal, onPiece: (piece) => setBytes((came += piece.length)) })
      .then(() => onDone?.())
      .catch((error: unknown) => {
        if (!abort.signal.aborted) showFlag({ tone: 'error', title: problem(error).title, description: problem(error).detail });
      })
      .finally(() => {
        aborter.current = null;
        setBytes(null);
      });
  };
  return { start, cancel: () => aborter.current?.abort(), isPending: bytes !== null, bytes: bytes ?? 0 };
}
