import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { routes, sendFile } from '@rollcall/contract';
import { api, newIdempotencyKey } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { formatPercent } from '../../i18n/index.ts';
import { Button, Card, FileDrop, ProgressBar, Stack } from '../../ui/index.ts';
import { formatBytes } from './format-bytes.ts';

/** Choose or drop a file; it is sent at once, with progress. */
export function SendFileStep({ onSent }: { readonly onSent: (uploadId: string) => void }): ReactNode {
  const { t, i18n } = useLingui();
  const [sent, setSent] = useState<{ readonly bytes: number; readonly of: number; readonly name: string } | null>(null);
  const stop = useRef<AbortController | null>(null);
  const send = useMutation({
    mutationFn: async (file: File) => {
      const aborter = new AbortController();
      stop.current = aborter;
      setSent({ bytes: 0, of: file.size, name: file.name });
      const body = { fileName: file.name, fileModifiedAt: new Date(file.lastModified).toISOString(), sizeBytes: file.size };
      const { id } = await api.call(routes.uploads.create, { body }, { idempotencyKey: newIdempotencyKey(), signal: aborter.signal });
      await sendFile(api.href(routes.uploads.send, { params: { uploadId: id } }), file, { signal: aborter.signal, onProgress: (bytes) => setSent({ bytes, of: file.size, name: file.name }) });
      return id;
    },
    onSuccess: onSent,
    onError: () => setSent(null),
  });
  if (send.isPending && sent !== null) {
    const share = sent.of === 0 ? 1 : Math.min(1, sent.bytes / sent.of);
    return (
      <Card title={t`Sending ${sent.name}`} actions={<Button spacing="compact" onPress={() => stop.current?.abort()}>{t`Stop`}</Button>}>
        <ProgressBar label={t`Sent`} value={sent.bytes} max={sent.of} valueText={`${formatBytes(i18n.locale, sent.bytes)} / ${formatBytes(i18n.locale, sent.of)} (${formatPercent(i18n.locale, share)})`} />
      </Card>
    );
  }
  return (
    <Stack gap={16}>
      {stop.current?.signal.aborted !== true && <ProblemMessage error={send.error} />}
      <FileDrop
        label={t`An export from Atlassian, as CSV`}
        accept={['.csv', '.txt', '.tsv', 'text/csv']}
        onFiles={([file]) => {
          if (file !== undefined) send.mutate(file);
        }}
      >
        <Trans>It is looked at first; nothing is taken before you say so.</Trans>
      </FileDrop>
    </Stack>
  );
}
