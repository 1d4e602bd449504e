import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function AuditScreen(): ReactNode {
  const { t } = useLingui();
  return <Page title={t`Audit`}>{null}</Page>;
}
