import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function InvitationScreen(): ReactNode {
  const { t } = useLingui();
  return (
    <main>
      <Page title={t`Accept the invitation`} layout="narrow">{null}</Page>
    </main>
  );
}
