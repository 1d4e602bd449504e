import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import type { RouteInput } from '@rollcall/contract';
import { api } from '../../api/index.ts';
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

const newline = 10;

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
      const answer = await api.open(routes.inventory.export, { query: asked.current }, { signal: abort.signal });
      const file = await readFile(answer, setProgress);
      save(file, fileNameOf(answer, asked.current.format ?? 'csv'));
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

async function readFile(answer: Response, onProgress: (progress: Progress) => void): Promise<Blob> {
  const header = answer.headers.get('x-rollcall-rows');
  const total = header === null ? null : Number(header);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let rows = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    parts.push(chunk.value);
    bytes += chunk.value.length;
    for (const byte of chunk.value) if (byte === newline) rows += 1;
    onProgress({ rows, total, bytes });
  }
  return new Blob(parts, { type: answer.headers.get('content-type') ?? 'application/octet-stream' });
}

function fileNameOf(answer: Response, format: string): string {
  return /filename="?([^";]+)"?/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? `rollcall-inventory.${format}`;
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file over when the next task runs.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
