import { Suspense, lazy, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
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
import { PlanTotals } from './plan-totals.tsx';
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
          <PlanState plan={plan} />
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
  const canApply = plan.state === 'ready' && mayApply && (plan.totals?.act ?? 0) > 0;
  return (
    <>
      {plan.runId !== null && <LinkButton to="/run-logs/$runId" params={{ runId: plan.runId }} appearance="primary">{t`View latest run log`}</LinkButton>}
      {canApply && <Button appearance={plan.risk === 'irreversible' ? 'danger' : 'primary'} isDisabled={paused !== null} onPress={() => setOpen(true)}>{t`Apply…`}</Button>}
      <PlanMenu plan={plan} />
      {isOpen && (
        <Suspense>
          <ApplyDialog plan={plan} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** What stands in the way, or what happened, with what to do next. */
function PlanState({ plan }: { readonly plan: Plan }): ReactNode {
  const { t } = useLingui();
  const { paused } = useMe();
  const mayApply = useMay('apply');
  switch (plan.state) {
    case 'refused':
      return <SectionMessage tone="error" title={t`This plan is refused`}><Trans>A guard did not pass: see below what to do. A refused plan is never shortened until it fits.</Trans></SectionMessage>;
    case 'failed':
      return <SectionMessage tone="error" title={t`This plan could not be built`}><Trans>Nothing was changed. Make it again from the inventory; the server's log says more.</Trans></SectionMessage>;
    case 'expired':
      return <SectionMessage tone="warning" title={t`This plan has expired`}><Trans>What it rests on is too old to act on. Make a new one from the inventory.</Trans></SectionMessage>;
    case 'discarded':
      return <SectionMessage><Trans>This plan was discarded. It stays as a record; nothing was changed by it.</Trans></SectionMessage>;
    case 'applied':
      return <SectionMessage tone="success"><Trans>This plan was applied. The run log says what came of each person.</Trans></SectionMessage>;
    case 'building':
      return null;
    case 'ready':
      if (paused !== null) return <SectionMessage tone="warning"><Trans>Everything is paused: plans can be made and looked at, not applied.</Trans></SectionMessage>;
      if ((plan.totals?.act ?? 0) === 0) return <SectionMessage><Trans>Nobody is acted on: there is nothing to apply. The rows below say why.</Trans></SectionMessage>;
      return mayApply ? null : <SectionMessage><Trans>Your role may look at plans, not apply them. Ask an operator or approver.</Trans></SectionMessage>;
  }
}
