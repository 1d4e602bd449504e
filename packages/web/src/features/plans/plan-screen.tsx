import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function PlanScreen(): ReactNode {
  const { t } = useLingui();
  return <Page title={t`Plan`}>{null}</Page>;
}
