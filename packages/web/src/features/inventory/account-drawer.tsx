import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { Avatar, Drawer, SectionMessage, Skeleton, Stack } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import { AccountActions } from './account-actions.tsx';
import { AccountDetail } from './account-detail.tsx';

export interface AccountDrawerProps {
  readonly accountId: number;
  readonly period: string;
  readonly onClose: () => void;
}

/** One account beside the inventory. */
export function AccountDrawer({ accountId, period, onClose }: AccountDrawerProps): ReactNode {
  const { t } = useLingui();
  const problem = useProblem();
  const { data, error } = useRead(routes.inventory.account, { params: { accountId }, query: { period } });
  const name = data === undefined ? t`Account` : (data.row.name ?? data.row.email ?? data.row.vendorId);
  return (
    <Drawer isOpen onClose={onClose} width={640} title={<span className="inv-name"><Avatar name={name} size="medium" /> {name}</span>} {...(data === undefined ? {} : { footer: <AccountActions detail={data} /> })}>
      {error !== null && <SectionMessage tone="error" title={problem(error).title}>{problem(error).detail}</SectionMessage>}
      {data === undefined && error === null && <Stack gap={12}><Skeleton height={24} /><Skeleton height={80} /><Skeleton height={80} /></Stack>}
      {data !== undefined && <AccountDetail detail={data} />}
    </Drawer>
  );
}
