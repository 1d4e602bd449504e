import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Download, Ellipsis, FileX2, Trash2 } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useWrite } from '../../api/index.ts';
import { useDownload } from '../../app/use-download.ts';
import { IconButton, Menu, showFlag } from '../../ui/index.ts';
import { useProblem } from '../../words/index.ts';
import type { Plan } from './plan-screen.tsx';

/** Files of a plan, and discarding it. */
export function PlanMenu({ plan }: { readonly plan: Plan }): ReactNode {
  const { t } = useLingui();
  const problem = useProblem();
  const mayPlan = useMay('plan');
  const discard = useWrite(routes.plans.discard, [routes.plans.get, routes.plans.list, routes.session.home]);
  const csv = useDownload(routes.plans.export);
  const removalFile = useDownload(routes.plans.removalFile);
  const params = { planId: plan.id };
  const hasIdp = Object.keys(plan.totals?.byReason ?? {}).some((key) => key.endsWith('managedByIdp'));
  const canDiscard = mayPlan && (plan.state === 'ready' || plan.state === 'refused');
  const act = (id: string): void => {
    if (id === 'export') csv.start({ params });
    else if (id === 'removalFile') removalFile.start({ params });
    else discard.mutate({ params }, { onError: (error) => showFlag({ tone: 'error', title: problem(error).title, description: problem(error).detail }) });
  };
  return (
    <Menu
      label={t`More`}
      trigger={<IconButton appearance="default" label={t`More`} icon={<Ellipsis aria-hidden />} />}
      groups={[
        {
          id: 'files',
          items: [
            { id: 'export', label: t`Download as CSV`, icon: <Download aria-hidden />, isDisabled: plan.totals === null },
            { id: 'removalFile', label: t`Removal file for the identity provider`, description: t`What has to be taken away there`, icon: <FileX2 aria-hidden />, isDisabled: !hasIdp },
          ],
        },
        ...(canDiscard ? [{ id: 'discard', items: [{ id: 'discard', label: t`Discard the plan`, icon: <Trash2 aria-hidden />, isDanger: true }] }] : []),
      ]}
      onAction={act}
    />
  );
}
