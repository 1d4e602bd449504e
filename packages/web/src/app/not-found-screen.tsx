import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { MapPinOff } from 'lucide-react';
import { EmptyState, LinkButton, Page } from '../ui/index.ts';

/** For an address that leads nowhere. */
export function NotFoundScreen(): ReactNode {
  const { t } = useLingui();
  return (
    <Page title={t`Page not found`}>
      <EmptyState title={t`There is nothing at this address`} icon={<MapPinOff aria-hidden />} actions={<LinkButton to="/" appearance="primary">{t`Go to Home`}</LinkButton>}>
        <Trans>It may have been removed, or the address may be mistyped.</Trans>
      </EmptyState>
    </Page>
  );
}
