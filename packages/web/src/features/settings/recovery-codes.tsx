import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, CodeBlock, Dialog, SectionMessage, Stack } from '../../ui/index.ts';

/** Recovery codes, shown once. */
export function RecoveryCodes({ codes, onClose }: { readonly codes: readonly string[]; readonly onClose: () => void }): ReactNode {
  const { t } = useLingui();
  return (
    <Dialog isOpen onClose={onClose} title={t`Keep your recovery codes`} mustAnswer width="small" footer={<Button appearance="primary" onPress={onClose}>{t`I have kept them`}</Button>}>
      <Stack gap={12}>
        <SectionMessage tone="warning" isAnnounced>
          <Trans>Each works once in place of the app, for the day on which the telephone is lost. They are not shown again.</Trans>
        </SectionMessage>
        <CodeBlock label={t`Recovery codes`} code={codes.join('\n')} />
      </Stack>
    </Dialog>
  );
}
