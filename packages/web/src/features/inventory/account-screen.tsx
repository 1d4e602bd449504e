import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { Breadcrumbs, Link, Page, SectionMessage, Skeleton } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import { AccountActions } from './account-actions.tsx';
import { AccountDetail } from './account-detail.tsx';
import './inventory.css';

const route = getRouteApi('/shell/accounts/$accountId');

/** One account as a page of its own, for links. */
export function AccountScreen(): ReactNode {
  const { t } = useLingui();
  const problem = useProblem();
  const accountId = Number(route.useParams().accountId);
  const isId = Number.isInteger(accountId) && accountId > 0;
  const { data, error } = useRead(routes.inventory.account, { params: { accountId }, query: {} }, { isEnabled: isId });
  const name = data === undefined ? t`Account` : (data.row.name ?? data.row.email ?? data.row.vendorId);
  return (
    <Page title={name} layout="narrow" breadcrumbs={<Breadcrumbs><Link to="/inventory">{t`Inventory`}</Link></Breadcrumbs>} {...(data === undefined ? {} : { actions: <AccountActions detail={data} /> })}>
      {!isId && <SectionMessage tone="error">{t`There is no such account.`}</SectionMessage>}
      {error !== null && <SectionMessage tone="error" title={problem(error).title}>{problem(error).detail}</SectionMessage>}
      {data === undefined && error === null && isId && <Skeleton height={240} />}
      {data !== undefined && <AccountDetail detail={data} level={2} />}
    </Page>
  );
}
