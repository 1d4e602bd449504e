import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { CivilDate, Instant } from '../../i18n/index.ts';
import { Card, DescriptionList, Link } from '../../ui/index.ts';
import type { Plan } from './plan-screen.tsx';

/** What the plan rests on, frozen with it. */
export function PlanBasis({ plan }: { readonly plan: Plan }): ReactNode {
  const { t } = useLingui();
  const { basis } = plan;
  const people =
    basis.kind === 'undo' ? <Trans>What an earlier run took</Trans>
    : basis.kind === 'accounts' ? <Trans>People chosen by hand</Trans>
    : basis.q === null || basis.q === '' ? <Trans>All accounts</Trans>
    : <code>{basis.q}</code>;
  return (
    <Card title={t`What it rests on`}>
      <DescriptionList
        facts={[
          { label: t`Source`, value: <Link to="/sources/$sourceId" params={{ sourceId: plan.sourceId }}>{plan.sourceName}</Link> },
          { label: t`For whom`, value: people },
          ...(plan.undoOf === null ? [] : [{ label: t`Undoes`, value: <Link to="/run-logs/$runId" params={{ runId: plan.undoOf }}>{t`Run log`}</Link> }]),
          ...(basis.period === null || basis.kind === 'undo' ? [] : [{ label: t`Period`, value: <><CivilDate date={basis.period.from} /> – <CivilDate date={basis.period.to} /></> }]),
          ...(plan.inventoryAt === null ? [] : [{ label: t`Inventory of`, value: <Instant at={plan.inventoryAt} /> }]),
          { label: t`Made`, value: <><Instant at={plan.createdAt} /> · {plan.createdBy}</> },
          ...(plan.state === 'ready' ? [{ label: t`Expires`, value: <Instant at={plan.expiresAt} /> }] : []),
          ...(plan.note === null ? [] : [{ label: t`Note`, value: plan.note }]),
          ...(plan.digest === null ? [] : [{ label: t`Digest`, value: <code title={plan.digest}>{plan.digest.slice(0, 16)}…</code> }]),
        ]}
      />
    </Card>
  );
}
