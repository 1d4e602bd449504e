import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Button, Card, SectionMessage, Stack } from '../../ui/index.ts';
import { ExportSteps } from './export-steps.tsx';
import type { Upload } from './upload-preview.tsx';
import { refusalNames } from './upload-words.ts';

/** Why a file was not taken, what it looks like, and how to get the right one. */
export function UploadRefused({ upload, onAgain }: { readonly upload: Upload; readonly onAgain: () => void }): ReactNode {
  const { t, i18n } = useLingui();
  const { fileName, refusal } = upload;
  const known = refusal === null ? undefined : refusalNames[refusal.code];
  const sentence = i18n.locale === 'en' || known === undefined ? (refusal?.message ?? '') : i18n._(known);
  return (
    <Stack gap={16}>
      <SectionMessage tone="error" isAnnounced title={t`${fileName} is not such an export`} actions={<Button appearance="link" onPress={onAgain}>{t`Choose another file`}</Button>}>
        {sentence}
      </SectionMessage>
      <Card title={t`How to get the right file`}>
        <ExportSteps />
      </Card>
    </Stack>
  );
}
