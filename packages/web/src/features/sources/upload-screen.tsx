import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/index.ts';

export function UploadScreen(): ReactNode {
  const { t } = useLingui();
  return <Page title={t`Upload an export`}>{null}</Page>;
}
