import { Suspense, lazy, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useMay, useMe, useRead, useRouteEvents } from '../../api/index.ts';
import { Breadcrumbs, Button, Link, LinkButton, Lozenge, Page, ProgressBar, SectionMessage, Skeleton } from '../../ui/index.ts';
import { actionNameOf, describePlan, planStateNames, planStateTones, useProblem } from '../../words/index.ts';
import { PlanBasis } from './plan-basis.tsx';
import { PlanGuards } from './plan-guards.tsx';
import { PlanMenu } from './plan-menu.tsx';
import { PlanRows } from './plan-rows.tsx';
import { PlanStanding } from './plan-standing.tsx';
import { PlanTotals } from './plan-totals.tsx';
import { useReadOnly } from './use-read-only.ts';
import './plans.css';

export type Plan = RouteAnswer<typeof routes.plans.get>;
const ApplyDialog = lazy(() => import('./apply-dialog.tsx').then(({ ApplyDialog: component }) => ({ default: component })));
const route = getRouteApi('/shell/plans/$planId');

/** One plan: what it would do to whom and why, what speaks against it, and the way to apply it. */
export function PlanScreen(): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const { planId } = route.useParams();
  const { plan, error } = usePlan(planId);
  const breadcrumbs = <Breadcrumbs><Link to="/plans">{t`Plans`}</Link></Breadcrumbs>;
  if (error !== null && plan === null) return <Page title={t`Plan`} breadcrumbs={breadcrumbs}><SectionMessage tone="error" title={problem(error).title}>{problem(error).detail}</SectionMessage></Page>;
  if (plan === null) return <Page title={t`Plan`} breadcrumbs={breadcrumbs}><Skeleton height={160} /></Page>;
  const action = i18n._(actionNameOf(plan));
  return (
    <Page
      title={plan.undoOf === null ? action : t`Undo: ${action}`}
      breadcrumbs={breadcrumbs}
      titleAfter={<Lozenge appearance={planStateTones[plan.state]}>{i18n._(planStateNames[plan.state])}</Lozenge>}
      actions={<PlanActions plan={plan} />}
    >
      {plan.state === 'building' ? (
        <ProgressBar label={t`The plan is being built: every person is looked at, nothing is changed`} value={null} valueText="" />
      ) : (
        <>
          {plan.totals !== null && <p className="plan-headline" role="status">{describePlan(plan)}</p>}
          <PlanStanding plan={plan} />
          {plan.totals !== null && (
            <div className="plan-top">
              <PlanTotals plan={plan} totals={plan.totals} />
              <PlanGuards plan={plan} />
              <PlanBasis plan={plan} />
            </div>
          )}
          {plan.totals !== null && <PlanRows plan={plan} />}
        </>
      )}
    </Page>
  );
}

function usePlan(planId: string): { readonly plan: Plan | null; readonly error: Error | null } {
  const queries = useQueryClient();
  const { data, error } = useRead(routes.plans.get, { params: { planId } });
  const isBuilding = data?.state === 'building';
  const { latest } = useRouteEvents(routes.plans.events, isBuilding ? { params: { planId } } : null, ({ state }) => state !== 'building');
  const isBuilt = isBuilding && latest !== null && latest.id === planId && latest.state !== 'building';
  useEffect(() => {
    if (isBuilt) void queries.invalidateQueries({ queryKey: [routes.plans.get.path] });
  }, [isBuilt, queries]);
  return { plan: isBuilt ? latest : (data ?? null), error };
}

function PlanActions({ plan }: { readonly plan: Plan }): ReactNode {
  const { t } = useLingui();
  const mayApply = useMay('apply');
  const { paused } = useMe();
  const [isOpen, setOpen] = useState(false);
  const isReadOnly = useReadOnly(plan.sourceId);
  const canApply = plan.state === 'ready' && mayApply && (plan.totals?.act ?? 0) > 0;
  return (
    <>
      {plan.runId !== null && <LinkButton to="/run-logs/$runId" params={{ runId: plan.runId }} appearance="primary">{t`View latest run log`}</LinkButton>}
      {canApply && <Button appearance={plan.risk === 'irreversible' ? 'danger' : 'primary'} isDisabled={paused !== null || isReadOnly} onPress={() => setOpen(true)}>{t`Apply…`}</Button>}
      <PlanMenu plan={plan} />
      {isOpen && (
        <Suspense>
          <ApplyDialog plan={plan} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
