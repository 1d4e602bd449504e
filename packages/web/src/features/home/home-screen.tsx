import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function HomeScreen(): ReactNode {
  const { t } = useLingui();
  return <Page title={t`Home`}>{null}</Page>;
}
