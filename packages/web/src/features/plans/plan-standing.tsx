import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMay, useMe } from '../../api/index.ts';
import { LinkButton, SectionMessage } from '../../ui/index.ts';
import { usePlanProblem } from '../../words/plan-problems.ts';
import type { Plan } from './plan-screen.tsx';
import { useReadOnly } from './use-read-only.ts';

/** Where a plan stands: what is in the way of applying it, or what happened, with what to do next. */
export function PlanStanding({ plan }: { readonly plan: Plan }): ReactNode {
  const { t } = useLingui();
  const problem = usePlanProblem();
  const again = <MakeAgain plan={plan} />;
  switch (plan.state) {
    case 'refused':
      return <SectionMessage tone="error" title={t`This plan is refused`} actions={again}><Trans>A guard did not pass: see below what to do. A refused plan is never shortened until it fits.</Trans></SectionMessage>;
    case 'failed':
      return <SectionMessage tone="error" title={t`This plan could not be built`} actions={again}>{plan.problem === null ? null : problem(plan.problem)}</SectionMessage>;
    case 'expired':
      return <SectionMessage tone="warning" title={t`This plan has expired`} actions={again}><Trans>What it rests on is too old to act on. Make a new one.</Trans></SectionMessage>;
    case 'discarded':
      return <SectionMessage actions={again}><Trans>This plan was discarded. It stays as a record; nothing was changed by it.</Trans></SectionMessage>;
    case 'applied':
      return <SectionMessage tone="success"><Trans>This plan was applied. The run log says what came of each person.</Trans></SectionMessage>;
    case 'building':
      return null;
    case 'ready':
      return <ReadyPlan plan={plan} />;
  }
}

function ReadyPlan({ plan }: { readonly plan: Plan }): ReactNode {
  const { t } = useLingui();
  const { paused } = useMe();
  const mayApply = useMay('apply');
  const isReadOnly = useReadOnly(plan.sourceId);
  const { act = 0, skip = 0, look = 0 } = plan.totals ?? {};
  const left = skip + look;
  return (
    <>
      {paused !== null && <SectionMessage tone="warning"><Trans>Everything is paused: plans can be made and looked at, not applied.</Trans></SectionMessage>}
      {isReadOnly && <SectionMessage tone="warning" title={t`The source is in read-only mode`}><Trans>Plans can be made and looked at, not applied. Somebody who manages sources can switch the mode off.</Trans></SectionMessage>}
      {act === 0 && <SectionMessage><Trans>Nobody is acted on: there is nothing to apply. The rows below say why.</Trans></SectionMessage>}
      {act > 0 && !mayApply && <SectionMessage><Trans>Your role may look at plans, not apply them. Ask an operator or approver.</Trans></SectionMessage>}
      {plan.undoOf !== null && left > 0 && <SectionMessage tone="warning"><Plural value={left} one="# person is left as they are, for the reason below." other="# people are left as they are, for the reasons below." /></SectionMessage>}
    </>
  );
}

/** The way back to the same question, for a new plan. */
function MakeAgain({ plan: { basis, undoOf } }: { readonly plan: Plan }): ReactNode {
  const { t } = useLingui();
  if (undoOf !== null) return <LinkButton to="/run-logs/$runId" params={{ runId: undoOf }}>{t`Open the run log`}</LinkButton>;
  if (basis.kind !== 'query' || basis.q === null) return <LinkButton to="/inventory">{t`Open the inventory`}</LinkButton>;
  return <LinkButton to="/inventory" search={{ q: basis.q, ...(basis.period === null ? {} : { period: basis.period.text }) }}>{t`Open the same query in the inventory`}</LinkButton>;
}
