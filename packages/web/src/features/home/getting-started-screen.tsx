import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function GettingStartedScreen(): ReactNode {
  const { t } = useLingui();
  return <Page title={t`Getting started`}>{null}</Page>;
}
