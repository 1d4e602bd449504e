import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Download } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { api, useRead } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { FormattedNumber, Instant } from '../../i18n/index.ts';
import { Card, CodeBlock, DescriptionList, Inline, SectionMessage, Stack } from '../../ui/index.ts';

/** Makes a backup of the whole installation, and says when the last one was made. */
export function BackupTab(): ReactNode {
  const { t } = useLingui();
  const status = useRead(routes.backup.status, {});
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
            <a className="rc-button rc-button-primary" href={api.href(routes.backup.download, {})} download>
              <span className="rc-button-icon">
                <Download aria-hidden />
              </span>
              <span className="rc-button-label">{t`Make a backup`}</span>
            </a>
          </Inline>
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
  return <><FormattedNumber value={Math.ceil(bytes / 100_000) / 10} /> MB</>;
}
