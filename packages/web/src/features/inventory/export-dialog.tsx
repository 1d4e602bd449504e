import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import type { RouteInput } from '@rollcall/contract';
import { download } from '../../api/index.ts';
import { formatNumber } from '../../i18n/index.ts';
import { Button, Dialog, ProgressBar, SectionMessage } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';

export type ExportQuestion = NonNullable<RouteInput<typeof routes.inventory.export>['query']>;

export interface ExportDialogProps {
  readonly question: ExportQuestion;
  readonly onClose: () => void;
}

interface Progress {
  readonly rows: number;
  readonly total: number | null;
  readonly bytes: number;
}

/** Fetches the export with its progress, then hands the file to the browser. Closing it cancels. */
export function ExportDialog({ question, onClose }: ExportDialogProps): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const [progress, setProgress] = useState<Progress>({ rows: 0, total: null, bytes: 0 });
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(question);
  const close = useRef(onClose);
  useEffect(() => {
    const abort = new AbortController();
    const run = async (): Promise<void> => {
      let state: Progress = { rows: 0, total: null, bytes: 0 };
      const show = (next: Progress): void => setProgress((state = next));
      await download(routes.inventory.export, { query: asked.current }, {
        signal: abort.signal,
        onBegin: (headers) => show({ ...state, total: totalOf(headers) }),
        onPiece: (piece) => show({ ...state, rows: state.rows + lineEnds(piece), bytes: state.bytes + piece.length }),
      });
      close.current();
    };
    run().catch((failure: unknown) => {
      if (!abort.signal.aborted) setError(failure);
    });
    return () => abort.abort();
  }, []);
  const { rows, total, bytes } = progress;
  const isCounted = question.format !== 'xlsx' && total !== null;
  const size = formatNumber(i18n.locale, Math.round(bytes / 1024));
  const done = formatNumber(i18n.locale, Math.min(rows, total ?? rows));
  const all = formatNumber(i18n.locale, total ?? 0);
  return (
    <Dialog isOpen onClose={onClose} width="small" title={t`Export`} footer={<Button onPress={onClose}>{error === null ? t`Cancel` : t`Close`}</Button>}>
      {error === null ? (
        <ProgressBar label={t`Rows written`} value={isCounted ? Math.min(rows, total) : null} max={total ?? 1} valueText={isCounted ? t`${done} of ${all} rows` : t`${size} KB`} />
      ) : (
        <SectionMessage tone="error" isAnnounced title={problem(error).title}>
          {problem(error).detail} <Trans>Nothing was saved.</Trans>
        </SectionMessage>
      )}
    </Dialog>
  );
}

function totalOf(headers: Headers): number | null {
  const rows = headers.get('x-rollcall-rows');
  return rows === null ? null : Number(rows);
}

function lineEnds(piece: Uint8Array): number {
  let found = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) found += 1;
  return found;
}
