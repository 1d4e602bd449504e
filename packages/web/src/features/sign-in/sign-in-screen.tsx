import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function SignInScreen(): ReactNode {
  const { t } = useLingui();
  return (
    <main>
      <Page title={t`Sign in`} layout="narrow">{null}</Page>
    </main>
  );
}
