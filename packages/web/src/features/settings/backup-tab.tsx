import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Download } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { useDownload } from '../../app/use-download.ts';
import { formatNumber, FormattedNumber, Instant } from '../../i18n/index.ts';
import { Button, Card, CodeBlock, DescriptionList, Inline, ProgressBar, SectionMessage, showFlag, Stack } from '../../ui/index.ts';

/** Makes a backup of the whole installation, and says when the last one was made. */
export function BackupTab(): ReactNode {
  const { t, i18n } = useLingui();
  const status = useRead(routes.backup.status, {});
  const file = useDownload(routes.backup.download, {
    onDone: () => {
      showFlag({ tone: 'success', title: t`The backup is made`, description: t`Check it where it is kept: rollcall backup verify FILE.` });
      void status.refetch();
    },
  });
  const came = formatNumber(i18n.locale, inMegabytes(file.bytes));
  return (
    <Stack gap={16}>
      <Card title={t`Backup`}>
        <Stack gap={16}>
          <p className="rc-subtle">
            <Trans>One file with everything in the database as it is at this moment. Rollcall goes on serving while it is made.</Trans>
          </p>
          <Reading of={status}>
            {({ databaseBytes, last }) => (
              <DescriptionList
                facts={[
                  { label: t`Database`, value: <Size bytes={databaseBytes} /> },
                  { label: t`Last backup`, value: last === null ? t`Not yet` : <><Instant at={last.at} /> · <Size bytes={last.bytes} /></> },
                ]}
              />
            )}
          </Reading>
          <Inline>
            <Button appearance="primary" iconBefore={<Download aria-hidden />} isPending={file.isPending} onPress={() => file.start({})}>{t`Make a backup`}</Button>
            {file.isPending && <Button onPress={file.cancel}>{t`Cancel`}</Button>}
          </Inline>
          {file.isPending && (
            <Stack gap={8}>
              <ProgressBar label={t`Making the backup`} value={null} valueText={t`${came} MB so far`} />
              <p className="rc-small rc-subtle">{t`Leave this tab of the browser open. The file is saved when it is whole.`}</p>
            </Stack>
          )}
          <SectionMessage tone="warning" title={t`Keep the key apart`}>
            <Trans>The file holds personal data of everybody in the inventory. The key that opens the stored API keys is not in it: keep a copy of the key file at another place. Whoever restores needs both.</Trans>
          </SectionMessage>
        </Stack>
      </Card>
      <Card title={t`Restoring a backup`}>
        <Stack gap={16}>
          <p className="rc-subtle">
            <Trans>Check a downloaded file, and bring it back, on the machine that runs Rollcall. After a restore everything is paused until somebody has looked.</Trans>
          </p>
          <CodeBlock label={t`Commands`} code={'rollcall backup verify FILE\nrollcall restore FILE'} />
        </Stack>
      </Card>
    </Stack>
  );
}

function Size({ bytes }: { readonly bytes: number }): ReactNode {
  return <><FormattedNumber value={inMegabytes(bytes)} /> MB</>;
}

function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / 100_000) / 10;
}
