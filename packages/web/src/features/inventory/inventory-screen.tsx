import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function InventoryScreen(): ReactNode {
  const { t } = useLingui();
  return <Page title={t`Inventory`}>{null}</Page>;
}
