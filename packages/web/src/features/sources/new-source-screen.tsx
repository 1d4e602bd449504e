import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function NewSourceScreen(): ReactNode {
  const { t } = useLingui();
  return <Page title={t`Add a source`}>{null}</Page>;
}
