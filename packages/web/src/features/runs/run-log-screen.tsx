import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function RunLogScreen(): ReactNode {
  const { t } = useLingui();
  return <Page title={t`Run log`}>{null}</Page>;
}
