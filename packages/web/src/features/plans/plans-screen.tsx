import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { ClipboardList } from 'lucide-react';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useChosenSource } from '../../app/chosen-source.ts';
import { api, useRead } from '../../api/index.ts';
import { Instant, RelativeTime } from '../../i18n/index.ts';
import { EmptyState, LinkButton, Lozenge, Page, Select, Toolbar, VirtualGrid } from '../../ui/index.ts';
import type { GridColumn, GridSource } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import { actionNameOf, describePlan, planStateNames, planStateTones, planStates } from '../../words/index.ts';
import './plans.css';

type Plan = RouteAnswer<typeof routes.plans.get>;
const route = getRouteApi('/shell/plans');
const pageSize = 50;
const all = 'all';

/** The plans made so far, newest first. */
export function PlansScreen(): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const chosenId = useChosenSource();
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  const sourceId = sources.some(({ id }) => id === chosenId) ? chosenId : null;
  const source = useMemo<GridSource<Plan>>(() => {
    const filter = { ...(state === undefined ? {} : { state }), ...(sourceId === null ? {} : { sourceId }), limit: pageSize };
    return {
      key: JSON.stringify(filter), total: null, pageSize,
      fetchPage: async (cursor, signal) => {
        const { items, next } = await api.call(routes.plans.list, { query: { ...filter, ...cursor } }, { signal });
        return { rows: items, next };
      },
    };
  }, [state, sourceId]);
  const columns = useMemo<readonly GridColumn<Plan>[]>(
    () => [
      { id: 'plan', header: t`Plan`, width: 320, grow: 3, cell: (plan) => <a className="rc-link rc-truncate" tabIndex={-1} href={`/plans/${plan.id}`} onClick={(event) => { event.preventDefault(); void navigate({ to: '/plans/$planId', params: { planId: plan.id } }); }}>{plan.totals === null ? i18n._(actionNameOf(plan)) : describePlan(plan)}</a> },
      { id: 'state', header: t`State`, width: 116, cell: (plan) => <Lozenge appearance={planStateTones[plan.state]}>{i18n._(planStateNames[plan.state])}</Lozenge> },
      { id: 'action', header: t`Action`, width: 190, cell: (plan) => <span className="rc-truncate">{plan.undoOf === null ? '' : `${t`Undo`}: `}{i18n._(actionNameOf(plan))}</span> },
      { id: 'source', header: t`Source`, width: 160, grow: 1, cell: (plan) => <span className="rc-truncate">{plan.sourceName}</span> },
      { id: 'look', header: t`Needs a look`, width: 110, align: 'end', cell: (plan) => plan.totals === null ? '–' : i18n.number(plan.totals.look) },
      { id: 'by', header: t`Made by`, width: 150, cell: (plan) => <span className="rc-truncate">{plan.createdBy}</span> },
      { id: 'at', header: t`Made`, width: 140, cell: (plan) => <RelativeTime at={plan.createdAt} /> },
      { id: 'expires', header: t`Expires`, width: 200, cell: (plan) => plan.state === 'ready' ? <Instant at={plan.expiresAt} /> : <span className="rc-subtlest">–</span> },
    ],
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words in the columns change with the language
    [i18n.locale, navigate],
  );
  const states = [{ id: all, label: t`All states` }, ...planStates.map((id) => ({ id, label: i18n._(planStateNames[id]) }))];
  return (
    <Page title={t`Plans`} layout="fill" description={<Trans>Every change is a plan first: who, what, why, and what it brings with it. Nothing happens before it is applied.</Trans>}>
      <Toolbar label={t`Filters`}>
        <Select label={t`State`} isLabelHidden options={states} value={state ?? all} onChange={(id) => void navigate({ search: id === all ? {} : { state: planStates.find((one) => one === id) } })} />
      </Toolbar>
      <VirtualGrid
        errorText={(failure) => problem(failure).detail}
        label={t`Plans`}
        source={source}
        columns={columns}
        rowKey={(plan) => plan.id}
        rowName={(plan) => i18n._(actionNameOf(plan))}
        empty={
          <EmptyState title={t`No plans yet`} icon={<ClipboardList aria-hidden />} actions={<LinkButton to="/inventory" appearance="primary">{t`Go to the inventory`}</LinkButton>}>
            <Trans>Choose people in the inventory and what to do: that makes a plan.</Trans>
          </EmptyState>
        }
      />
    </Page>
  );
}
