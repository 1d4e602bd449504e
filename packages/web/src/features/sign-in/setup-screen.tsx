import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function SetupScreen(): ReactNode {
  const { t } = useLingui();
  return (
    <main>
      <Page title={t`Make the first administrator`} layout="narrow">{null}</Page>
    </main>
  );
}
