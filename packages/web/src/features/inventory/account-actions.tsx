import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown, RefreshCw, ShieldCheck } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useRead, useWrite } from '../../api/index.ts';
import { Button, LinkButton, Menu, showFlag } from '../../ui/index.ts';
import { actionNames, actionVerbWords } from '../../words/actions.ts';
import type { ActionVerb } from '../../words/actions.ts';
import { useProblem } from '../../words/problems.ts';
import type { AccountDetailData } from './account-detail.tsx';
import { flagOf } from './views-menu.tsx';

const ActionDialog = lazy(() => import('./action-dialog.tsx').then(({ ActionDialog: component }) => ({ default: component })));

/** What can be done with one account: read it again, exempt it, plan an action. */
export function AccountActions({ detail }: { readonly detail: AccountDetailData }): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const queries = useQueryClient();
  const mayRead = useMay('sync');
  const mayExempt = useMay('exempt');
  const mayPlan = useMay('plan');
  const [verb, setVerb] = useState<ActionVerb | null>(null);
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  const source = sources.find(({ name }) => detail.accesses.some(({ evidence }) => evidence?.sourceName === name)) ?? (sources.length === 1 ? sources[0] : undefined);
  const recheck = useWrite(routes.inventory.recheck, [routes.inventory.account, routes.inventory.activity]);
  const again = (): void =>
    recheck.mutate(
      { params: { accountId: detail.row.id } },
      {
        onSuccess: () => {
          showFlag({ tone: 'success', title: t`Read again just now` });
          void queries.invalidateQueries({ queryKey: [routes.inventory.page.path] });
        },
        onError: (error) => showFlag({ tone: 'error', ...flagOf(problem(error)) }),
      },
    );
  const resources = detail.accesses.map(({ resourceId, app, title, site, evidence }) => ({ resourceId, app, title, site, sourceName: evidence?.sourceName ?? '' }));
  return (
    <>
      {mayPlan && (
        <Menu
          label={t`Plan an action`}
          placement="top end"
          trigger={<Button appearance="primary" iconAfter={<ChevronDown aria-hidden />}>{t`Plan an action`}</Button>}
          groups={[{ id: 'actions', items: actionVerbWords.map((one) => ({ id: one, label: `${i18n._(actionNames[one])}…`, isDanger: one === 'remove-from-organisation' })) }]}
          onAction={(id) => setVerb(actionVerbWords.find((one) => one === id) ?? null)}
        />
      )}
      {mayExempt && <LinkButton to="/exemptions" search={{ kind: 'account', subject: detail.row.vendorId, add: true, ...(source === undefined ? {} : { sourceId: source.id }) }} iconBefore={<ShieldCheck aria-hidden />}>{t`Exempt`}</LinkButton>}
      {mayRead && <Button iconBefore={<RefreshCw aria-hidden />} isPending={recheck.isPending} onPress={again}>{t`Read again now`}</Button>}
      {verb !== null && (
        <Suspense>
          <ActionDialog verb={verb} subject={{ kind: 'accounts', accountIds: [detail.row.id] }} people={1} resources={resources} onClose={() => setVerb(null)} />
        </Suspense>
      )}
    </>
  );
}
